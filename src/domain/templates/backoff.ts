const triesBetween = 2048;
const firstPause = 8192;
const longestPause = 1_000_000;

/** Says for how long something that saves work is better left alone, because it saved too little of late. */
export class Backoff {
  private hits = 0;
  private misses = 0;
  private pause = firstPause;
  private left = 0;

  /** Whether it is worth a try now. */
  get isOver(): boolean {
    if (this.left === 0) return true;
    this.left -= 1;
    return false;
  }

  hit(times = 1): void {
    this.hits += times;
  }

  missed(): void {
    this.misses += 1;
    if (this.hits + this.misses < triesBetween) return;
    if (this.hits * 3 > this.misses) this.pause = firstPause;
    else {
      this.pause = Math.min(this.pause * 2, longestPause);
      this.left = this.pause;
    }
    this.hits = 0;
    this.misses = 0;
  }
}
