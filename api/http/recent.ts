/**
 * The values used last, in the memory of this Worker instance. For what is frozen, or is held against the
 * database again inside the statement that writes: a remembered value saves a read and is never trusted alone.
 */
export class Recent<Value> {
  readonly #values = new Map<string, Value>();
  readonly #maxCount: number;

  constructor(maxCount: number) {
    this.#maxCount = maxCount;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    // A Map keeps the order of insertion: what was set last stays longest.
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > this.#maxCount) {
      const [oldest] = this.#values.keys();
      if (oldest !== undefined) this.#values.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#values.delete(key);
  }
}
