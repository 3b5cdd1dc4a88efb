/** The world's countries, projected to a width and thinned to what can be seen at it. */

import { geoArea, geoCentroid, geoEqualEarth, geoPath, type GeoProjection } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlasAddress from 'world-atlas/countries-50m.json?url';

export interface Country {
  id: string;
  name: string;
  path: string;
  /** Of its largest part: where arcs end and labels stand. */
  centre: [number, number];
  box: { x: number; y: number; width: number; height: number };
}

export interface World {
  width: number;
  height: number;
  countries: Country[];
}

type Land = Feature<Geometry, { name: string }>;
const antarctica = '010';

let asked: Promise<Land[]> | undefined;

/** Fetched once, when a map is first drawn. */
export function lands(): Promise<Land[]> {
  asked ??= fetch(atlasAddress)
    .then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
      return response.json() as Promise<
        Topology<{ countries: GeometryCollection<{ name: string }> }>
      >;
    })
    .then((atlas) => feature(atlas, atlas.objects.countries).features as Land[]);
  asked.catch(() => (asked = undefined));
  return asked;
}

/** Points nearer than `least` pixels to the one before are left out. */
export function thinned(projection: GeoProjection, least: number) {
  return {
    stream(sink: Parameters<GeoProjection['stream']>[0]) {
      let [x, y] = [NaN, NaN];
      return projection.stream({
        ...sink,
        lineStart() {
          [x, y] = [NaN, NaN];
          sink.lineStart();
        },
        point(px: number, py: number) {
          if (Math.hypot(px - x, py - y) < least) return;
          [x, y] = [px, py];
          sink.point(px, py);
        },
        lineEnd: () => sink.lineEnd(),
        polygonStart: () => sink.polygonStart(),
        polygonEnd: () => sink.polygonEnd(),
        sphere: () => sink.sphere?.(),
      });
    },
  };
}

/** The largest polygon: mainland France, not France with its islands in the Pacific. */
function mainland(geometry: Geometry): Polygon | undefined {
  if (geometry.type === 'Polygon') return geometry;
  if (geometry.type !== 'MultiPolygon') return undefined;
  const parts = geometry.coordinates.map((coordinates: Position[][]): Polygon => ({
    type: 'Polygon',
    coordinates,
  }));
  return parts.reduce((a, b) => (geoArea(b) > geoArea(a) ? b : a), parts[0]!);
}

/** @param middle longitude the map is centred on */
export function projected(all: Land[], width: number, middle: number): World {
  const shown = all.filter(({ id }) => id !== antarctica);
  const everything: FeatureCollection = { type: 'FeatureCollection', features: shown };
  const projection = geoEqualEarth().rotate([-middle, 0]).fitWidth(width, everything);
  const path = geoPath(thinned(projection, 0.7)).digits(1);
  const exact = geoPath(projection);
  const [[, top], [, bottom]] = exact.bounds(everything);
  const [dx, dy] = projection.translate();
  projection.translate([dx, dy - top]);
  const countries = shown.flatMap((land): Country[] => {
    const main = mainland(land.geometry);
    const d = path(land);
    const centre = main && projection(geoCentroid(main));
    if (!main || !d || !centre) return [];
    const [[x0, y0], [x1, y1]] = exact.bounds(main);
    const box = { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
    return [{ id: String(land.id ?? ''), name: land.properties.name, path: d, centre, box }];
  });
  return { width, height: Math.ceil(bottom - top), countries };
}
