import { element, textElement, type Xml } from '../xml/write-xml.ts';
import type { MediaFile } from './media-files.ts';
import type { Story } from './story.ts';

/** Of Media RSS, as feeds of XML declare it. */
export const MEDIA_NAMESPACE = 'http://search.yahoo.com/mrss/';

const writeFile = (file: MediaFile, { edition }: Story): Xml => {
  const { medium, url, mimeType: type, width, height, durationSeconds, caption, credit, alt, posterUrl } = file;
  return element(
    'media:content',
    { url, type, medium, width, height, duration: durationSeconds, lang: edition.language },
    // What is seen, for whoever cannot; what stands under it, for everyone.
    textElement('media:title', alt === '' ? null : alt, { type: 'plain' }),
    textElement('media:description', caption, { type: 'plain' }),
    textElement('media:credit', credit),
    posterUrl === null ? null : element('media:thumbnail', { url: posterUrl }),
  );
};

/** The pictures and films of a story as Media RSS. */
export const mediaElements = (story: Story): readonly Xml[] => story.media.map((file) => writeFile(file, story));
