/** Something that takes a moment to be made and must be freed: also when it is there only after its end. */
export class Eventual<T extends { free(): void }> {
  #value: T | null = null;
  #freed = false;

  constructor(making: Promise<T>, failed: (error: unknown) => void) {
    making.then((made) => {
      if (this.#freed) made.free();
      else this.#value = made;
    }, failed);
  }

  /** What was made; null as long as it is not there, and after its end. */
  get value(): T | null {
    return this.#value;
  }

  free(): void {
    this.#freed = true;
    this.#value?.free();
    this.#value = null;
  }
}
