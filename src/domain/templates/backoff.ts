const window = 2048;
const firstPause = 8192;
const longestPause = 1_000_000;

/** Pauses an optimisation whose recent hit rate was too low; the pause doubles up to a limit. */
export class Backoff {
  private hits = 0;
  private misses = 0;
  private pause = firstPause;
  private remaining = 0;

  /** Counts down the pause; true once it is over. */
  get shouldTry(): boolean {
    if (this.remaining === 0) return true;
    this.remaining -= 1;
    return false;
  }

  hit(times = 1): void {
    this.hits += times;
  }

  miss(): void {
    this.misses += 1;
    if (this.hits + this.misses < window) return;
    if (this.hits * 3 > this.misses) this.pause = firstPause;
    else {
      this.pause = Math.min(this.pause * 2, longestPause);
      this.remaining = this.pause;
    }
    this.hits = 0;
    this.misses = 0;
  }
}
