import sanitize from 'sanitize-html';
import { pickLinkAddress, pickMediaAddress } from './safe-address.ts';

const TEXT_TAGS =
  'a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small strong sub sup time u var';
const BLOCK_TAGS =
  'address blockquote dd details div dl dt figcaption figure footer h2 h3 h4 h5 h6 hr li ol p pre summary ul';
const TABLE_TAGS = 'caption col colgroup table tbody td tfoot th thead tr';
const MEDIA_TAGS = 'audio img source video';

/** Elements whose words are not for readers, or that switch a browser's parser into another mode. */
export const SILENT_TAGS: readonly string[] = (
  'script style template noscript noembed noframes plaintext xmp textarea select option title head svg math ' +
  'object applet'
).split(' ');

type PickAddress = (raw: string) => string | null;

/** `attribs` with the address in `name` as it may stand, or without it. */
const withAddress = (attribs: sanitize.Attributes, name: string, pick: PickAddress): sanitize.Attributes => {
  const { [name]: raw, ...others } = attribs;
  const address = raw === undefined ? null : pick(raw);
  return address === null ? others : { [name]: address, ...others };
};

const linking: sanitize.Transformer = (tagName, attribs) => ({
  tagName,
  attribs: withAddress(attribs, 'href', pickLinkAddress),
});

const fetching: sanitize.Transformer = (tagName, attribs) => ({
  tagName,
  attribs: withAddress(attribs, 'src', pickMediaAddress),
});

const playing: sanitize.Transformer = (tagName, attribs) => ({
  tagName,
  attribs: {
    ...withAddress(withAddress(attribs, 'src', pickMediaAddress), 'poster', pickMediaAddress),
    // Without autoplay and scripts nothing else starts it.
    controls: 'controls',
  },
});

const OPTIONS: sanitize.IOptions = {
  allowedTags: `${TEXT_TAGS} ${BLOCK_TAGS} ${TABLE_TAGS} ${MEDIA_TAGS}`.split(' '),
  nonTextTags: [...SILENT_TAGS],
  allowedAttributes: {
    '*': ['dir', 'lang'],
    a: ['href'],
    abbr: ['title'],
    audio: ['src', 'controls'],
    col: ['span'],
    colgroup: ['span'],
    h2: ['id'],
    h3: ['id'],
    h4: ['id'],
    h5: ['id'],
    h6: ['id'],
    img: ['src', 'alt', 'width', 'height'],
    ol: ['start', 'reversed'],
    source: ['src', 'type'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan', 'scope'],
    time: ['datetime'],
    video: ['src', 'poster', 'controls', 'width', 'height'],
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'poster'],
  allowProtocolRelative: false,
  allowedClasses: {},
  transformTags: {
    a: linking,
    img: fetching,
    source: fetching,
    video: playing,
    audio: playing,
    h1: 'h2',
  },
  exclusiveFilter: ({ tag, attribs }) => {
    if (tag === 'a') return attribs['href'] === undefined ? 'excludeTag' : false;
    return (tag === 'img' || tag === 'source') && attribs['src'] === undefined;
  },
};

/**
 * HTML that a page can show as it stands: no script, frame, style, class or handler, and no address but http, https,
 * mailto or a path on the page's own host. What is refused loses its tag and keeps its words, except `SILENT_TAGS`.
 *
 * Headings may carry an `id`: whoever calls decides which (`parseBody` replaces those that came in).
 */
export const sanitiseHtml = (html: string): string => sanitize(html, OPTIONS);
