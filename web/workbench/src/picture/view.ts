/** Where a picture stands in its frame: moved by (x, y) and enlarged k times. */

export interface View {
  k: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const mostZoom = 8;

/** Kept inside the frame: a picture smaller than it stands in the middle, a larger one covers it. */
export function bounded(view: View, picture: Size, frame: Size): View {
  const axis = (at: number, size: number, room: number) =>
    size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, at));
  return {
    k: view.k,
    x: axis(view.x, picture.width * view.k, frame.width),
    y: axis(view.y, picture.height * view.k, frame.height),
  };
}

/** The whole picture, never enlarged. */
export function whole(picture: Size, frame: Size): View {
  const k = Math.min(1, frame.width / picture.width, frame.height / picture.height);
  return bounded({ k, x: 0, y: 0 }, picture, frame);
}

export const leastZoom = (picture: Size, frame: Size): number => whole(picture, frame).k;

/** Zooms around a point of the frame, which stays where it is. */
export function zoomed(
  view: View,
  by: number,
  at: { x: number; y: number },
  picture: Size,
  frame: Size,
): View {
  const k = Math.min(mostZoom, Math.max(leastZoom(picture, frame), view.k * by));
  const grown = k / view.k;
  const moved = { k, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown };
  return bounded(moved, picture, frame);
}

/** Moves as little as needed to bring a part into sight. */
export function showing(
  view: View,
  part: { x: number; y: number; width: number; height: number },
  picture: Size,
  frame: Size,
): View {
  const axis = (at: number, from: number, size: number, room: number) => {
    const [low, high] = [from * view.k + at, (from + size) * view.k + at];
    if (low < 8) return at + 8 - low;
    return high > room - 8 ? at - Math.min(high - room + 8, low - 8) : at;
  };
  const x = axis(view.x, part.x, part.width, frame.width);
  const y = axis(view.y, part.y, part.height, frame.height);
  return bounded({ k: view.k, x, y }, picture, frame);
}
