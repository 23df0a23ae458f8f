/** HTML pages that are sent instead of JSON. */

/** Django's page for an unknown route: 170,730 characters on 1.23.2, most of them one SVG. */
export const notFoundPage = page(
  '404 | Label Studio',
  'Uh oh, this page doesn’t exist.',
  `<svg class="ls-global-error__heidi"><path d="${'M794.972 40.2966C796.282 39.7167 '.repeat(5140)}"/></svg>`,
);

/** Django's page for an error that can't be rendered as JSON. */
export const errorPage = page('500 | Label Studio', 'Uh oh, something went wrong.', '');

/** An error page of nginx in front of Label Studio. */
export const gatewayPage = (title: string) =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n` +
  '<hr><center>nginx/1.27.2</center>\r\n</body>\r\n</html>\r\n';

function page(title: string, heading: string, drawing: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>${title}</title>
</head>
<body>
<div class="ls-global-error">
  ${drawing}
  <h1>${heading}</h1>
  <h2>Here’s a few things you can try:</h2>
</div>
</body>
</html>
`;
}
