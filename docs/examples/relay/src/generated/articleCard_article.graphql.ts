/**
 * @generated SignedSource<<71d0e191c092cd4f3c3c0fc55903da6d>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type articleCard_article$data = {
  readonly headline: string;
  readonly kicker: string | null | undefined;
  readonly publishedAt: string;
  readonly section: {
    readonly name: string;
  } | null | undefined;
  readonly url: string;
  readonly " $fragmentType": "articleCard_article";
};
export type articleCard_article$key = {
  readonly " $data"?: articleCard_article$data;
  readonly " $fragmentSpreads": FragmentRefs<"articleCard_article">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "articleCard_article",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "headline",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "url",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "publishedAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "kicker",
      "storageKey": null
    },
    {
      "kind": "CatchField",
      "field": {
        "alias": null,
        "args": null,
        "concreteType": "Section",
        "kind": "LinkedField",
        "name": "section",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "name",
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      "to": "NULL"
    }
  ],
  "type": "Article",
  "abstractKey": null
};

(node as any).hash = "f2fe5bde179188975cf49004807e413e";

export default node;
