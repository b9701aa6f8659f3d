import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/errors.ts';
import { createRecorder } from '../../src/loaders/recorder.ts';

describe('createRecorder', () => {
  it('begins with nothing read, nothing ahead and nothing left out', () => {
    const recorder = createRecorder();
    expect([recorder.tags.size, recorder.languages().size, recorder.boundaryAt(), recorder.isComplete()]).toEqual([
      0,
      0,
      null,
      true,
    ]);
  });

  it('keeps each tag and each language once', () => {
    const recorder = createRecorder();
    for (const tag of ['article:a', 'article:b', 'article:a'] as const) recorder.tag(tag);
    for (const language of ['ar', 'en', 'ar']) recorder.language(language);
    expect([[...recorder.tags], [...recorder.languages()]]).toEqual([
      ['article:a', 'article:b'],
      ['ar', 'en'],
    ]);
  });

  it('speaks to those who may choose only where nobody else is spoken to', () => {
    const recorder = createRecorder();
    for (const language of ['en', 'ar', 'es']) recorder.choice(language);
    expect([...recorder.languages()]).toEqual(['en', 'ar', 'es']);
    recorder.language('ar');
    expect([...recorder.languages()]).toEqual(['ar']);
  });

  it('keeps the earliest boundary, whatever order they come in', () => {
    const recorder = createRecorder();
    for (const at of [null, 30, 10, null, 20]) recorder.boundary(at);
    expect(recorder.boundaryAt()).toBe(10);
  });

  it('remembers that something was left out', () => {
    const recorder = createRecorder();
    recorder.incomplete();
    recorder.tag('article:a');
    expect(recorder.isComplete()).toBe(false);
  });

  it('tells whether all that was left out was a store’s fault', () => {
    const [stores, others, whole] = [createRecorder(), createRecorder(), createRecorder()];
    stores.incomplete(new StoreError('wire', 'STORE_FAILED'));
    stores.incomplete(new StoreError('wire', 'STORE_TIMEOUT'));
    for (const reason of [new StoreError('wire', 'STORE_FAILED'), new TypeError('ours')]) others.incomplete(reason);
    expect([stores, others, whole].map((recorder) => recorder.isStoresFault())).toEqual([true, false, false]);
    stores.incomplete();
    expect([stores.isStoresFault(), stores.isComplete()]).toEqual([false, false]);
  });
});
