import { html } from 'hono/html';
import { SHARE_PLACES } from '../share-places.ts';
import type { Fragment, Site } from './site.ts';

/** A form per place to share in: what is sent counts the share, and its answer leads there. No script is needed. */
export const shareForms = ({ wording }: Site, articleId: string): Fragment =>
  html`<div class="share" role="group" aria-label="${wording.share}">
    <p class="share-title">${wording.share}</p>
    ${SHARE_PLACES.map(
      ({ key, name }) =>
        html`<form method="post" action="/share">
          <input type="hidden" name="article" value="${articleId}" />
          <button name="place" value="${key}" aria-label="${wording.shareOn(name)}"><bdi>${name}</bdi></button>
        </form>`,
    )}
  </div>`;
