import { describe, expect, it } from 'vitest';
import { imageAt, looksLikeImage, pathOnServer } from './image-address.ts';

const address = { name: 'Label Studio', timeLimitSeconds: 30 };
const plain = { ...address, base: 'https://ls.example.com', linkBase: 'https://ls.example.com' };
const below = { ...address, base: 'https://example.com/ls', linkBase: 'https://example.com/ls' };
/** Through Sheaf’s proxy, whose address differs from the one for people. */
const proxied = {
  ...address,
  base: 'http://127.0.0.1:4173/label-studio',
  linkBase: 'https://example.com/ls',
};

describe('the path of an image on the server', () => {
  it.each([
    ['/data/upload/2/a.png', plain, '/data/upload/2/a.png'],
    ['/data/local-files/?d=photos/a.jpg', plain, '/data/local-files/?d=photos/a.jpg'],
    [
      '/storage-data/uploaded/?filepath=upload/2/a.png',
      plain,
      '/storage-data/uploaded/?filepath=upload/2/a.png',
    ],
    ['https://ls.example.com/data/upload/2/a.png', plain, '/data/upload/2/a.png'],
    ['/data/upload/2/a.png', below, '/data/upload/2/a.png'],
    ['/ls/data/upload/2/a.png', below, '/data/upload/2/a.png'],
    ['https://example.com/ls/data/upload/2/a.png', below, '/data/upload/2/a.png'],
    ['/ls/data/upload/2/a.png', proxied, '/data/upload/2/a.png'],
    ['/data/upload/2/a.png', proxied, '/data/upload/2/a.png'],
    ['https://example.com/ls/data/upload/2/a.png', proxied, '/data/upload/2/a.png'],
  ])('%s of %o is %s', (url, server, path) => expect(pathOnServer(url, server)).toBe(path));

  it.each([
    ['another origin', 'https://elsewhere.example/data/upload/2/a.png', plain],
    ['another origin, without its scheme', '//elsewhere.example/data/upload/2/a.png', plain],
    ['another origin, behind a backslash', '/\\elsewhere.example/data/upload/2/a.png', plain],
    ['an origin that only begins like ours', 'https://ls.example.com.evil.example/data/upload/a.png', plain],
    ['another port', 'https://ls.example.com:8443/data/upload/2/a.png', plain],
    ['another scheme', 'http://ls.example.com/data/upload/2/a.png', plain],
    ['a name before it', 'https://ls.example.com@ls.example.com/data/upload/2/a.png', plain],
    ['what is beside Label Studio', 'https://example.com/data/upload/2/a.png', below],
    ['the API', '/api/current-user/token', plain],
    ['the API, by a way around', '/data/../api/current-user/token', plain],
    ['the API, by a hidden way around', '/data/%2e%2e/api/current-user/token', plain],
    ['a file of a storage', 's3://bucket/a.png', plain],
    ['no address at all', 'a.png', plain],
    ['nothing', '', plain],
  ])('is none for %s', (_, url, server) => expect(pathOnServer(url, server)).toBeUndefined());
});

it.each([
  ['/data/upload/2/a.png', 'server'],
  ['https://images.example/a.png', 'web'],
  ['http://images.example/a.png', 'nowhere'],
  ['s3://bucket/a.png', 'nowhere'],
  ['gs://bucket/a.png', 'nowhere'],
  ['data:image/png;base64,AAAA', 'nowhere'],
  ['javascript:alert(1)', 'nowhere'],
  ['blob:https://ls.example.com/1', 'nowhere'],
  ['not found', 'nowhere'],
])('%s is shown from: %s', (url, from) => expect(imageAt(url, plain)).toEqual({ url, from }));

it.each([
  ['/data/upload/2/a.PNG', true],
  ['https://images.example/a.jpeg?size=2', true],
  ['/data/local-files/?d=photos/a.webp', true],
  ['https://example.com/page', false],
  ['I saw a.png there', false],
  ['s3://bucket/a.png', false],
])('%s looks like an image: %s', (url, looksSo) => expect(looksLikeImage(url)).toBe(looksSo));
