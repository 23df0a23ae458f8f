type Call = (...args: unknown[]) => unknown;

/** An engine part that forwards every call by its name, except those in `own`. */
export function forwardCalls<Part extends object>(
  forward: (name: keyof Part, args: unknown[]) => unknown,
  own: Partial<Part> = {},
): Part {
  return new Proxy(own as Part, {
    get: (_, name): unknown =>
      own[name as keyof Part] ?? ((...args: unknown[]) => forward(name as keyof Part, args)),
  });
}

/** Calls a function of a part whose name is known only at run time. */
export const callByName = <Part extends object>(part: Part, name: keyof Part, args: unknown[]): unknown =>
  (part[name] as Call)(...args);
