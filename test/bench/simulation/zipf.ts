/** Gives the place that a number from 0 to 1 falls on: 0 the most often, place `n` in proportion to `1 / (n + 1) ** exponent`. */
export const createZipf = (exponent: number, places: number): ((share: number) => number) => {
  const reached = new Float64Array(places);
  let sum = 0;
  for (let place = 0; place < places; place += 1) {
    sum += 1 / (place + 1) ** exponent;
    reached[place] = sum;
  }
  return (share) => {
    const wanted = share * sum;
    let [low, high] = [0, places - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((reached[middle] ?? sum) <= wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};
