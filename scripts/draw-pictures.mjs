// Draws the pictures of the sandbox's tasks into seeds/sandbox/images.json: flat scenes whose things can be boxed.
// node scripts/draw-pictures.mjs [FOLDER: write the PNG files there, too]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { chromium } from 'playwright';
import { chromiumArgs, ensureChromium } from './lib/chromium.mjs';

const [width, height] = [640, 480];
const file = new URL('../seeds/sandbox/images.json', import.meta.url);

/** @type {(x: number, y: number, w: number, h: number, fill: string, r?: number) => string} */
const rect = (x, y, w, h, fill, r = 0) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"/>`;
/** @type {(x: number, y: number, r: number, fill: string) => string} */
const circle = (x, y, r, fill) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
/** @type {(points: string, fill: string) => string} */
const shape = (points, fill) => `<polygon points="${points}" fill="${fill}"/>`;
/** @type {(x: number, y: number, size: number, text: string, fill?: string) => string} */
const words = (x, y, size, text, fill = '#fff') =>
  `<text x="${x}" y="${y}" font-family="sans-serif" font-weight="700" font-size="${size}" fill="${fill}">${text}</text>`;
/** @type {(x: number, y: number, scale: number, inner: string) => string} */
const at = (x, y, scale, inner) => `<g transform="translate(${x} ${y}) scale(${scale})">${inner}</g>`;

/** @type {(x: number, y: number, r?: number) => string} */
const wheel = (x, y, r = 12) => circle(x, y, r, '#2b2f36') + circle(x, y, r / 2, '#9aa3ad');
/** 120 × 52 at scale 1, the upper left corner at (x, y). @type {(x: number, y: number, s: number, fill: string) => string} */
const car = (x, y, s, fill) =>
  at(
    x,
    y,
    s,
    shape('22,24 36,2 84,2 100,24', fill) +
      shape('32,22 41,7 58,7 58,22', '#d9e8f2') +
      shape('63,22 63,7 81,7 91,22', '#d9e8f2') +
      rect(2, 22, 116, 20, fill, 8) +
      wheel(28, 40) +
      wheel(92, 40),
  );
/** 200 × 84 at scale 1. @type {(x: number, y: number, s: number, fill: string) => string} */
const bus = (x, y, s, fill) =>
  at(
    x,
    y,
    s,
    rect(0, 0, 200, 72, fill, 8) +
      [0, 1, 2, 3].map((n) => rect(10 + n * 46, 12, 38, 24, '#d9e8f2', 3)).join('') +
      wheel(44, 70) +
      wheel(156, 70),
  );
/** 40 × 120 at scale 1. @type {(x: number, y: number, s: number, fill: string) => string} */
const person = (x, y, s, fill) =>
  at(
    x,
    y,
    s,
    circle(20, 14, 14, '#c98f6b') +
      rect(4, 30, 32, 46, fill, 12) +
      rect(8, 70, 10, 50, '#39424e', 4) +
      rect(22, 70, 10, 50, '#39424e', 4),
  );
const pole = rect(22, 40, 6, 110, '#7d8792');
/** 50 × 150 at scale 1: stop, warning, parking, limit. @type {(x: number, y: number, s: number, kind: 'stop' | 'warning' | 'parking' | 'limit') => string} */
const sign = (x, y, s, kind) =>
  at(
    x,
    y,
    s,
    pole +
      {
        stop: shape('15,0 35,0 50,15 50,35 35,50 15,50 0,35 0,15', '#c0392b') + words(5, 31, 16, 'STOP'),
        warning: shape('25,0 50,46 0,46', '#c0392b') + shape('25,10 42,41 8,41', '#fff'),
        parking: rect(0, 0, 50, 50, '#2f6db3', 6) + words(13, 38, 36, 'P'),
        limit: circle(25, 25, 25, '#c0392b') + circle(25, 25, 18, '#fff') + words(12, 34, 24, '30', '#222'),
      }[kind],
  );
/** @type {(x: number, w: number, h: number, fill: string) => string} */
const house = (x, w, h, fill) =>
  rect(x, 300 - h, w, h, fill) +
  Array.from({ length: Math.floor(h / 60) * Math.floor(w / 50) }, (_, n) => {
    const across = Math.floor(w / 50);
    return rect(x + 14 + (n % across) * 50, 314 - h + Math.floor(n / across) * 60, 24, 32, '#f3e6b8');
  }).join('');
/** @type {(x: number, y: number, s?: number) => string} */
const tree = (x, y, s = 1) => at(x, y, s, rect(26, 60, 10, 50, '#7a5a3c') + circle(31, 36, 34, '#6d9a62'));
/** @type {(...behind: string[]) => string} */
const street = (...behind) =>
  rect(0, 0, 640, 480, '#dcebf5') +
  behind.join('') +
  rect(0, 300, 640, 36, '#c9c5bb') +
  rect(0, 336, 640, 144, '#70767e');
const lane = [0, 1, 2, 3, 4].map((n) => rect(20 + n * 130, 404, 70, 8, '#e8e8e2')).join('');
const zebra = [0, 1, 2, 3, 4].map((n) => rect(250 + n * 34, 340, 20, 136, '#eeeee8')).join('');
const town = [
  house(0, 150, 190, '#c7a78c'),
  house(170, 110, 150, '#a9b3a0'),
  house(430, 210, 220, '#b99c93'),
];

/** A room with a shelf of two boards. @type {(wall?: string) => string} */
const room = (wall = '#efe7da') => rect(0, 0, 640, 480, wall) + rect(0, 400, 640, 80, '#b89b7a');
/** @type {(y: number) => string} */
const board = (y) => rect(60, y, 520, 12, '#8a6a4a');
/** @type {(y: number, count: number, thing: (x: number, y: number, n: number) => string) => string} */
const row = (y, count, thing) =>
  Array.from({ length: count }, (_, n) => thing(80 + (n * 480) / count, y, n)).join('');
/** @type {(list: string[]) => (n: number) => string} */
const some = (list) => (n) => String(list[n % list.length]);
const tea = some(['#8a3d3d', '#3f6b57', '#c08a3a', '#46587d']);
/** @type {(x: number, y: number, n: number) => string} */
const tin = (x, y, n) => rect(x, y - 70, 46, 70, tea(n), 5) + rect(x + 6, y - 48, 34, 24, '#f4eddd', 3);
/** @type {(x: number, y: number, n: number) => string} */
const book = (x, y, n) => rect(x, y - 80 + (n % 3) * 8, 30, 80 - (n % 3) * 8, tea(n + 1), 2);
/** @type {(x: number, y: number, n: number) => string} */
const shoe = (x, y, n) =>
  shape(
    `${x},${y} ${x},${y - 34} ${x + 22},${y - 34} ${x + 40},${y - 16} ${x + 68},${y - 10} ${x + 68},${y}`,
    tea(n),
  );
/** @type {(x: number, y: number) => string} */
const lamp = (x, y) =>
  rect(x + 22, y, 4, 60, '#39424e') +
  shape(`${x},${y + 110} ${x + 12},${y + 56} ${x + 36},${y + 56} ${x + 48},${y + 110}`, '#e0b04c');
/** @type {(x: number, y: number, n: number) => string} */
const pot = (x, y, n) =>
  shape(`${x},${y - 56} ${x + 60},${y - 56} ${x + 46},${y} ${x + 14},${y}`, tea(n + 2));
/** @type {(x: number, y: number) => string} */
const bread = (x, y) => rect(x, y - 34, 66, 34, '#c58c4b', 17);
/** @type {(x: number, y: number, fill: string) => string} */
const crate = (x, y, fill) =>
  [0, 1, 2, 3].map((n) => circle(x + 24 + n * 32, y - 46, 18, fill)).join('') +
  rect(x, y - 44, 144, 44, '#a57c50', 3);
/** @type {(sky: string, name: string, awning: string) => string} */
const shop = (sky, name, awning) =>
  rect(0, 0, 640, 480, sky) +
  rect(90, 70, 460, 330, '#b99c93') +
  rect(120, 190, 240, 170, '#d9e8f2') +
  rect(410, 200, 90, 200, '#5f4a3f') +
  rect(160, 92, 320, 50, '#3a4a5c', 6) +
  words(200, 128, 34, name) +
  shape('110,190 370,190 390,160 90,160', awning) +
  rect(0, 400, 640, 80, '#c9c5bb');

/** Each picture by the name of its file, without the prefix of the upload. @type {Record<string, string>} */
const scenes = {
  'storefront-morning.png':
    shop('#f6e3c5', 'TEA &amp; BOOKS', '#8a3d3d') + person(40, 300, 1, '#46587d') + tree(560, 290),
  'window-display.png':
    rect(0, 0, 640, 480, '#5f4a3f') +
    rect(50, 50, 540, 350, '#eaf2f6') +
    words(80, 110, 44, 'SALE', '#c0392b') +
    row(400, 5, pot) +
    rect(0, 400, 640, 80, '#c9c5bb'),
  'shelf-tea.png': room() + board(190) + row(190, 7, tin) + board(330) + row(330, 6, tin),
  'counter.png':
    room('#e4e0d4') +
    person(270, 150, 1.3, '#3f6b57') +
    rect(80, 290, 480, 130, '#8a6a4a', 4) +
    rect(400, 240, 90, 50, '#39424e', 4) +
    row(290, 3, (x, y) => bread(x * 0.6 + 60, y)),
  'bakery-corner.png':
    room('#f3e9d2') +
    words(220, 90, 48, 'BAKERY', '#8a3d3d') +
    board(230) +
    row(230, 5, bread) +
    board(340) +
    row(340, 6, bread) +
    person(540, 300, 1, '#c08a3a'),
  'book-table.png':
    room() +
    rect(70, 300, 500, 16, '#8a6a4a') +
    rect(90, 316, 14, 110, '#8a6a4a') +
    rect(536, 316, 14, 110, '#8a6a4a') +
    row(300, 11, book) +
    person(20, 260, 1.4, '#46587d'),
  'fruit-crates.png':
    room('#dcebf5') +
    crate(40, 400, '#c0392b') +
    crate(230, 400, '#e0a030') +
    crate(430, 400, '#6d9a62') +
    crate(140, 300, '#e0a030') +
    crate(340, 300, '#c0392b'),
  'lamp-wall.png': room('#d8cfc4') + row(40, 5, lamp) + row(190, 4, (x, y) => lamp(x + 50, y)),
  'shoe-bench.png':
    room() +
    rect(60, 340, 520, 20, '#8a6a4a') +
    rect(80, 360, 20, 60, '#8a6a4a') +
    rect(540, 360, 20, 60, '#8a6a4a') +
    row(340, 5, shoe) +
    board(200) +
    row(200, 4, shoe),
  'garden-yard.png':
    rect(0, 0, 640, 480, '#dcebf5') +
    rect(0, 280, 640, 200, '#a9bf8f') +
    tree(40, 170, 1.5) +
    tree(500, 190, 1.3) +
    row(440, 5, pot) +
    person(300, 210, 1.2, '#8a3d3d'),
  'ceramics.png': room('#e4e0d4') + board(180) + row(180, 6, pot) + board(330) + row(330, 5, pot),
  'evening-lights.png':
    shop('#39435c', 'OPEN LATE', '#46587d') +
    circle(560, 70, 30, '#f3e6b8') +
    row(60, 4, (x) => lamp(x, 190)) +
    person(560, 290, 1, '#c08a3a'),

  'crossing.png':
    street(...town) +
    zebra +
    car(50, 372, 1.2, '#b5483f') +
    car(470, 376, 1.2, '#3b5b7a') +
    person(290, 300, 0.9, '#c08a3a') +
    person(360, 310, 0.95, '#4f8a63') +
    sign(215, 190, 1, 'warning'),
  'roundabout.png':
    street(house(20, 120, 130, '#c7a78c'), house(480, 140, 160, '#a9b3a0')) +
    `<ellipse cx="320" cy="410" rx="150" ry="44" fill="#a9bf8f"/>` +
    tree(290, 300, 0.9) +
    car(30, 350, 1, '#3b5b7a') +
    car(480, 400, 1.2, '#d9a441') +
    sign(180, 200, 1, 'limit'),
  'school-street.png':
    street(
      rect(150, 90, 340, 210, '#d6b98a'),
      rect(220, 110, 200, 40, '#3a4a5c'),
      words(240, 141, 30, 'SCHOOL'),
    ) +
    lane +
    person(80, 250, 0.75, '#b5483f') +
    person(130, 255, 0.7, '#3b5b7a') +
    person(500, 240, 0.9, '#4f8a63') +
    sign(560, 180, 1, 'limit') +
    car(300, 374, 1.2, '#7b6a9a'),
  'bridge.png':
    rect(0, 0, 640, 480, '#dcebf5') +
    rect(0, 380, 640, 100, '#7fa6bd') +
    [0, 1, 2]
      .map(
        (n) =>
          `<path d="M${20 + n * 205} 380 a100 90 0 0 1 190 0" fill="none" stroke="#8d8378" stroke-width="22"/>`,
      )
      .join('') +
    rect(0, 270, 640, 36, '#8d8378') +
    car(90, 212, 1.1, '#b5483f') +
    bus(330, 190, 0.95, '#d9a441') +
    sign(270, 130, 0.95, 'limit'),
  'tram-stop.png':
    street(...town) +
    rect(0, 430, 640, 5, '#c9ced4') +
    rect(0, 456, 640, 5, '#c9ced4') +
    bus(300, 310, 1.5, '#b5483f') +
    sign(60, 190, 1, 'parking') +
    person(120, 262, 0.85, '#3b5b7a') +
    person(180, 258, 0.85, '#c08a3a') +
    person(230, 264, 0.8, '#4f8a63'),
  'market-square.png':
    street(house(0, 160, 200, '#b99c93'), house(480, 160, 170, '#c7a78c')) +
    rect(180, 220, 130, 90, '#e9dfc9') +
    shape('165,222 325,222 305,180 185,180', '#8a3d3d') +
    rect(340, 230, 120, 80, '#e9dfc9') +
    shape('328,232 472,232 452,192 348,192', '#3f6b57') +
    person(110, 290, 1, '#c08a3a') +
    person(330, 300, 1.05, '#7b6a9a') +
    person(500, 310, 1.1, '#3b5b7a') +
    car(180, 400, 1.1, '#4f8a63'),
  'harbour-road.png':
    rect(0, 0, 640, 480, '#dcebf5') +
    rect(0, 210, 640, 100, '#7fa6bd') +
    shape('400,230 600,230 570,270 430,270', '#8a3d3d') +
    rect(470, 170, 60, 60, '#f4eddd') +
    rect(0, 300, 640, 180, '#70767e') +
    lane +
    bus(40, 330, 1.2, '#3b5b7a') +
    car(400, 360, 1.2, '#e9dfc9') +
    sign(320, 190, 1, 'stop') +
    person(570, 300, 0.85, '#b5483f'),
  'tunnel.png':
    rect(0, 0, 640, 480, '#8ca07c') +
    `<path d="M150 340 v-120 a170 150 0 0 1 340 0 v120 z" fill="#6f6a64"/>` +
    `<path d="M185 340 v-110 a135 118 0 0 1 270 0 v110 z" fill="#2b2f36"/>` +
    shape('185,340 455,340 640,480 0,480', '#70767e') +
    car(250, 280, 1.1, '#d9a441') +
    car(340, 390, 1.4, '#3b5b7a') +
    sign(80, 210, 1.1, 'limit') +
    sign(540, 210, 1.1, 'warning'),
};

/** A PNG with a palette: of 16 levels a channel, so that smoothed edges share few colours. @type {(rgba: Buffer) => Buffer} */
const png = (rgba) => {
  /** @type {Map<string, [number, Buffer]>} */
  const colors = new Map();
  const lines = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at += 1) {
    const color = rgba.subarray(at * 4, at * 4 + 3);
    const key = [...color].map((level) => Math.round(level / 17)).join();
    const [index] = colors.get(key) ?? [colors.size];
    if (index === colors.size) colors.set(key, [index, color]);
    lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = Math.min(255, index);
  }
  /** @type {(type: string, data: Buffer) => Buffer} */
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from([...colors.values()].slice(0, 256).flatMap(([, color]) => [...color]));
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const [folder] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumArgs });
const page = await browser.newPage();
/** @type {Record<string, string>} */
const images = {};
for (const name of Object.keys(JSON.parse(readFileSync(file, 'utf8')))) {
  const scene = scenes[name.replace(/^\d+\/[0-9a-f]{8}-/, '')];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${scene}</svg>`;
  const pixels = await page.evaluate(
    async ({ svg: source, width: w, height: h }) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
      await image.decode();
      const canvas = new OffscreenCanvas(w, h).getContext('2d');
      canvas?.drawImage(image, 0, 0);
      return [...(canvas?.getImageData(0, 0, w, h).data ?? [])]
        .map((byte) => String.fromCharCode(byte))
        .join('');
    },
    { svg, width, height },
  );
  const picture = png(Buffer.from(pixels, 'latin1'));
  images[name] = picture.toString('base64');
  if (folder) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/${name.replace('/', '-')}`, picture);
  }
}
await browser.close();
writeFileSync(file, `${JSON.stringify(images, null, 2)}\n`);
