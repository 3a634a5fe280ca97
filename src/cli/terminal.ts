import { createColors } from 'picocolors';

/** Where a command reads its place from and writes to. */
export interface Terminal {
  readonly cwd: string;
  /** Findings and results: what a program reads. */
  out(text: string): void;
  /** Progress, warnings and failures. */
  err(text: string): void;
  /** Whether `err` is a screen on which a line may be drawn again. */
  readonly interactive: boolean;
  readonly colors: ReturnType<typeof createColors>;
  /** Set when a person interrupts the run: whatever is being written is finished, and nothing more is begun. */
  readonly interrupted: AbortSignal;
}

/** The terminal of this process. */
export function processTerminal(interrupted: AbortSignal): Terminal {
  return {
    cwd: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interactive: process.stderr.isTTY === true && process.env['CI'] === undefined,
    colors: createColors(process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined),
    interrupted,
  };
}

/** A counter on one line of the screen; on anything else it says nothing. */
export class Progress {
  private drawn = 0;
  private readonly terminal: Terminal;
  private readonly what: string;
  private readonly total: number;

  constructor(terminal: Terminal, what: string, total: number) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
  }

  /** Shows how many are done; drawn ten times a second at most. */
  at(done: number): void {
    const now = Date.now();
    if (!this.terminal.interactive || now - this.drawn < 100) return;
    this.drawn = now;
    this.terminal.err(`\r${this.what} ${done} of ${this.total} files`);
  }

  /** Removes the line. */
  end(): void {
    if (this.drawn > 0) this.terminal.err(`\r${' '.repeat(`${this.what} ${this.total} of ${this.total} files`.length)}\r`);
  }
}
