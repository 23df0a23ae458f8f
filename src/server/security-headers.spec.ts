import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, readConnectTo, securityHeaders } from './security-headers.ts';

const directives = (policy: string) =>
  new Map(
    policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  );

describe('contentSecurityPolicy', () => {
  it('allows only what it names, and names nothing unsafe', () => {
    const policy = directives(contentSecurityPolicy('https://labels.example.com'));
    expect(policy.get('default-src')).toBe("'none'");
    const { 'img-src': images, ...others } = Object.fromEntries(policy);
    expect(Object.values(others).join(' ')).not.toMatch(/unsafe|\*|https?:(?!\/\/labels)|blob:/);
    expect(images).toBe("'self' data: blob: https:");
  });

  it.each(['frame-ancestors', 'form-action', 'object-src', 'base-uri'])('sets %s to none', (name) => {
    expect(directives(contentSecurityPolicy()).get(name)).toBe("'none'");
  });

  it('requires trusted types of one policy', () => {
    const policy = directives(contentSecurityPolicy());
    expect(policy.get('require-trusted-types-for')).toBe("'script'");
    expect(policy.get('trusted-types')).toBe('sheaf-engine');
  });

  it('lets the page connect only to its own origin, and a worker also to its server', () => {
    expect(directives(contentSecurityPolicy()).get('connect-src')).toBe("'self'");
    expect(directives(contentSecurityPolicy('http://127.0.0.1:8080')).get('connect-src')).toBe(
      "'self' http://127.0.0.1:8080",
    );
  });
});

describe('securityHeaders', () => {
  const configured = (file: string, line: RegExp) => {
    const text = readFileSync(new URL(`../../deploy/${file}`, import.meta.url), 'utf8');
    return Object.fromEntries([...text.matchAll(line)].map(([, name, value]) => [name, value]));
  };

  it('match the nginx configuration', () => {
    expect(configured('nginx.conf', /^ {4}add_header (?!Cache-Control)(\S+) "?(.*?)"? always;$/gm)).toEqual(
      securityHeaders(),
    );
  });

  it('match the Caddy configuration', () => {
    expect(
      configured('Caddyfile', /^\t\theader (?!Cache-Control|Content-Type)([A-Z]\S+) "?(.*?)"?$/gm),
    ).toEqual(securityHeaders());
  });

  it('isolates the page, pins types and sends no referrer', () => {
    expect(securityHeaders()).toMatchObject({
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
  });
});

describe('readConnectTo', () => {
  const read = (rest: string) => readConnectTo(new URL(`http://127.0.0.1:4173/${rest}`));
  const asking = (origin: string) =>
    read(`assets/engine.worker-x.js?connect-to=${encodeURIComponent(origin)}`);

  it.each([
    'https://labels.example.com',
    'http://localhost:8080',
    'http://[::1]:8080',
    'https://xn--bcher-kva.example',
  ])('accepts the origin %s', (origin) => expect(asking(origin)).toEqual({ origin }));

  it.each([
    ['nothing', ''],
    ['a path', 'https://labels.example.com/'],
    ['capital letters', 'https://Labels.example.com'],
    ['a standard port', 'https://labels.example.com:443'],
    ['a password', 'https://me:secret@labels.example.com'],
    ['a wildcard', '*'],
    ['a wildcard host', 'https://*.example.com'],
    ['a keyword', "'unsafe-inline'"],
    ['a second directive', 'https://labels.example.com; script-src *'],
    ['a second source', 'https://labels.example.com https://elsewhere.example'],
    ['a line break', 'https://labels.example.com\r\nSet-Cookie: a=b'],
    ['another scheme', 'ftp://labels.example.com'],
    ['a bare scheme', 'https:'],
    ['no scheme', 'labels.example.com'],
    ['an opaque origin', 'null'],
    ['a data URL', 'data:text/html,x'],
  ])('refuses %s', (_, text) => expect(asking(text)).toBe('invalid'));

  it('refuses two origins', () => {
    const twice = 'connect-to=https%3A%2F%2Fa.example&connect-to=https%3A%2F%2Fb.example';
    expect(read(`assets/engine.worker-x.js?${twice}`)).toBe('invalid');
  });

  it.each(['', 'index.html', 'icon.svg', 'assets/engine.css', 'assets/a/b.js', 'sheaf.json'])(
    'allows nothing more for /%s',
    (path) => expect(read(`${path}?connect-to=https%3A%2F%2Flabels.example.com`)).toEqual({}),
  );
});
