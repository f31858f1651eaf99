interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A window is reachable when a good part of its title bar can be seen and dragged. */
export function isReachable(area: Bounds, window: Bounds): boolean {
  const visible = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x);
  return visible >= 100 && window.y >= area.y - 10 && window.y <= area.y + area.height - 50;
}
