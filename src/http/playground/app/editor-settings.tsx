import { useGraphiQL } from '@graphiql/react';
import { type FC, useEffect } from 'react';

/** Draws nothing: sets what GraphiQL has no property for, in each editor as it appears. */
export const EditorSettings: FC = () => {
  const editors = useGraphiQL(({ queryEditor, variableEditor, headerEditor, responseEditor }) => ({
    queryEditor,
    variableEditor,
    headerEditor,
    responseEditor,
  }));
  useEffect(() => {
    for (const editor of Object.values(editors)) {
      editor?.updateOptions({
        fontSize: 13,
        // Arabic letters and typographic quotes are text here, not look-alikes to draw a box around.
        unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
      });
    }
  }, [editors]);
  return null;
};
