import type { ECharts } from './echarts.ts';

const asText = async (url: string): Promise<string> => {
  const comma = url.indexOf(',');
  const body = url.slice(comma + 1);
  return url.slice(0, comma).includes('base64') ? atob(body) : decodeURIComponent(body);
};

/** The chart as SVG text; null where it is drawn on a canvas. */
export async function svgOf(chart: ECharts): Promise<Blob | null> {
  const url = chart.getDataURL({ type: 'svg' });
  if (!url.startsWith('data:image/svg')) return null;
  return new Blob([await asText(url)], { type: 'image/svg+xml' });
}

/** The chart as a PNG of twice its size on screen, on the colour of its surface. */
export async function pngOf(chart: ECharts): Promise<Blob> {
  const background = getComputedStyle(document.documentElement).getPropertyValue('--surface').trim();
  const svg = await svgOf(chart);
  const source = svg === null ? chart.getDataURL({ type: 'png', pixelRatio: 2 }) : URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = chart.getWidth() * 2;
    canvas.height = chart.getHeight() * 2;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This system offers no canvas to draw the image on.');
    context.fillStyle = background;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) =>
        blob === null ? reject(new Error('The image could not be made.')) : resolve(blob),
      );
    });
  } finally {
    if (svg !== null) URL.revokeObjectURL(source);
  }
}
