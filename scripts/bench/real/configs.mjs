/* Labelling configs for texts of real shapes. */

export const labels = ['Positive', 'Negative', 'Neutral', 'Mixed', 'Not sure', 'Off topic', 'Spam'];
export const wrongLabel = 'Positve';

export const reviews = `<View>
  <Text name="review" value="$text"/>
  <Choices name="sentiment" toName="review">${labels.map((label) => `<Choice value="${label}"/>`).join('')}</Choices>
  <Choices name="topics" toName="review" choice="multiple"><Choice value="Delivery"/><Choice value="Quality"/><Choice value="Price"/><Choice value="Support"/></Choices>
  <TextArea name="note" toName="review"/>
  <Number name="score" toName="review"/>
</View>`;

export const entities = ['Person', 'Organisation', 'Place', 'Date', 'Amount', 'Product'];
export const newsConfig = `<View>
  <Labels name="entity" toName="news">${entities.map((label) => `<Label value="${label}"/>`).join('')}</Labels>
  <Relations><Relation value="works for"/><Relation value="located in"/><Relation value="same as"/></Relations>
  <Text name="news" value="$text"/>
</View>`;

export const signs = ['Car', 'Lorry', 'Bicycle', 'Pedestrian', 'Traffic light', 'Sign'];
export const streetConfig = `<View>
  <Image name="photo" value="$photo"/>
  <RectangleLabels name="box" toName="photo">${signs.map((label) => `<Label value="${label}"/>`).join('')}</RectangleLabels>
</View>`;

/** Paths of three to six levels. @type {string[][]} */
export const taxonomyPaths = [];
export const taxonomyConfig = `<View>
  <Text name="product" value="$text"/>
  <Taxonomy name="category" toName="product">${taxonomyLevel([], 'Goods')}</Taxonomy>
</View>`;

/** @type {(above: string[], name: string) => string} */
function taxonomyLevel(above, name) {
  const path = [...above, name];
  if (path.length >= 3) taxonomyPaths.push(path);
  const below = path.length > 5 ? 0 : path.length > 3 ? (name.length % 3) + 1 : 3;
  const words = ['Home', 'Tools', 'Garden & balcony', 'Lighting', 'Spare parts'];
  const children = Array.from(
    { length: below },
    (_, at) => `${words[(at + path.length) % 5]} ${path.length}.${at + 1}`,
  );
  return `<Choice value="${name.replace('&', '&amp;')}">${children.map((child) => taxonomyLevel(path, child)).join('')}</Choice>`;
}
