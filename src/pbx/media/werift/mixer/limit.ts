/** A sum of several voices, less one of them, within the range of samples: what is too loud is cut off. */
export function limit(total: Int32Array, without: Int16Array | null, into: Int16Array): Int16Array {
  for (let at = 0; at < into.length; at++) {
    const sum = total[at]! - (without ? without[at]! : 0);
    into[at] = sum > 32_767 ? 32_767 : sum < -32_768 ? -32_768 : sum;
  }
  return into;
}
