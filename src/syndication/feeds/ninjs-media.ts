import type { MediaFile } from './media-files.ts';
import type { Story } from './story.ts';

/** What a rendition of ninjs says; absent where nobody knows. */
const writeRendition = (
  name: string,
  file: Pick<MediaFile, 'url' | 'mimeType' | 'width' | 'height'> & { readonly durationSeconds?: number | null },
): object => ({
  name,
  href: file.url,
  contentType: file.mimeType,
  width: file.width,
  height: file.height,
  duration: file.durationSeconds ?? null,
});

/** A picture or film of `story` as an item of its own in it; the first is the one it is shown with. */
export const writeNinjsMedia = (
  file: MediaFile,
  { story, index }: { readonly story: Story; readonly index: number },
): object => {
  const { alt, caption, credit, posterUrl } = file;
  const descriptions = [
    ...(caption === null ? [] : [{ role: 'caption', contentType: 'text/plain', value: caption }]),
    // What is decorative has nothing to be described.
    ...(alt === null || alt === '' ? [] : [{ role: 'alt', contentType: 'text/plain', value: alt }]),
  ];
  return {
    name: index === 0 ? 'lead' : `media-${index}`,
    uri: file.url,
    type: file.medium === 'image' ? 'picture' : 'video',
    pubStatus: 'usable',
    language: story.language,
    by: credit,
    descriptions,
    renditions: [
      writeRendition('original', file),
      ...file.renditions.map((rendition, place) =>
        writeRendition(rendition.width === null ? `rendition-${place + 1}` : `${rendition.width}w`, rendition),
      ),
      ...(posterUrl === null
        ? []
        : [writeRendition('poster', { url: posterUrl, mimeType: null, width: null, height: null })]),
    ],
  };
};
