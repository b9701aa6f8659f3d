/** Which types an interface of the graph may turn out to be. A client that meets another one shows its default. */
export const POSSIBLE_TYPES = {
  Node: ['Article', 'Author', 'Edition', 'Section', 'Tag'],
  Media: ['Gallery', 'Image', 'Infographic', 'Video'],
  BodyBlock: ['Embed', 'Figure', 'Heading', 'HtmlBlock', 'ListBlock', 'Paragraph', 'Quote', 'ReadMore'],
};
