// Draws builder/data/world_map.txt, the world map of the site, from Natural Earth's countries.
//
// Run once, when the borders change:
//
//     npm install --no-save --prefix /tmp/map world-atlas@2 topojson-client@3 topojson-simplify@3 d3-geo@3
//     NODE_PATH=/tmp/map/node_modules node scripts/draw_world_map.mjs
//
// d3-geo projects, clips what crosses the edge of the map and samples curves; here shapes are made
// simple (neighbors share their border, so no gap opens), rounded, and written as short SVG paths.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

// `import` knows no NODE_PATH, so the modules are found as `require` finds them.
const require = createRequire(join((process.env.NODE_PATH ?? "node_modules").split(delimiter)[0], "x"));
const load = async (name) => {
  const module = await import(pathToFileURL(require.resolve(name)));
  return module.default ?? module;
};
const { feature } = await load("topojson-client");
const { presimplify, simplify, sphericalTriangleArea } = await load("topojson-simplify");
const { geoContains, geoEqualEarth, geoPath } = await load("d3-geo");

const OF_COUNTRIES = new URL("../builder/data/countries.yaml", import.meta.url);
const DRAWN = new URL("../builder/data/world_map.txt", import.meta.url);

const WIDTH = 2000; // units of the picture; twice as fine as the pixels of a desk
const ROTATION = -11; // degrees: the map's edge runs through the Bering Strait and cuts no country
const SOUTH = -56.5; // degrees; no Antarctica, and Cape Horn is the end
const DETAIL = Number(process.env.DETAIL ?? 1.5e-5); // steradians; a corner that makes less of a difference goes
const SPECK = 14; // square units; a smaller island is left out …
const VISIBLE = 14; // … and of a country that has no larger one nothing is drawn

const LEFT_OUT = ["010"]; // Antarctica

// "mx: ISO 3166-1 numeric code 484", read from lines such as "mx:" and "  iso: MEX 484"
const codes = new Map();
let key = "";
for (const line of readFileSync(OF_COUNTRIES, "utf8").split("\n")) {
  key = /^(\w\w):$/.exec(line)?.[1] ?? key;
  const number = /^  iso: \w{3} (\d{3})$/.exec(line)?.[1];
  if (number) codes.set(number, key);
}
// Natural Earth gives no number to what ISO 3166-1 does not hold.
const BY_NAME = new Map([["Kosovo", "xk"]]);
const NOBODYS = "--"; // land that has no code or is disputed: drawn, never a link
// Natural Earth draws who holds the land. A polygon around such a place belongs to no one here.
const DISPUTED = [{ heldBy: "643", place: [34.3, 45.2] }]; // Crimea

const world = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json")));
const simple = simplify(presimplify(world, sphericalTriangleArea), DETAIL);
const drawn = feature(simple, simple.objects.countries).features.filter(
  (country) => !LEFT_OUT.includes(country.id),
);

// Part a country into what is its own and what is disputed.
const parted = (country) => {
  const places = DISPUTED.filter(({ heldBy }) => heldBy === country.id).map(({ place }) => place);
  if (!places.length) return [country];
  const polygons = country.geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  const isDisputed = (polygon) => places.some((place) => geoContains(polygon, place));
  const of = (some, rest) => ({
    type: "Feature", properties: {}, ...rest,
    geometry: { type: "MultiPolygon", coordinates: some.map(({ coordinates }) => coordinates) },
  });
  return [
    of(polygons.filter((polygon) => !isDisputed(polygon)), { id: country.id }),
    of(polygons.filter(isDisputed)),
  ];
};
const countries = drawn.flatMap(parted);

const projection = geoEqualEarth().rotate([ROTATION, 0]).precision(0.2);
projection.fitWidth(WIDTH, { type: "FeatureCollection", features: countries });
const height = Math.ceil(projection([-ROTATION, SOUTH])[1]);

// The rings of a shape as d3-geo draws them, in whole units and without points that stand twice.
const ringsOf = (shape) => {
  const rings = [];
  const add = (x, y) => {
    const point = [Math.round(x), Math.round(y)];
    const last = rings.at(-1).at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) rings.at(-1).push(point);
  };
  geoPath(projection, {
    moveTo: (x, y) => { rings.push([]); add(x, y); },
    lineTo: add,
    closePath() {},
    arc() {},
    beginPath() {},
  })(shape);
  return rings.map(straight);
};

// Without points in the middle of a straight line.
const straight = (ring) =>
  ring.filter(([x, y], at) => {
    const [ax, ay] = ring.at(at - 1);
    const [bx, by] = ring[(at + 1) % ring.length];
    return (x - ax) * (by - y) !== (y - ay) * (bx - x);
  });

const areaOf = (ring) =>
  Math.abs(ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0)) / 2;

// "M12 34l5-6-7 8z": the first point absolute, each other one by how far it is from the one before.
const written = (rings) =>
  rings.map(([[x, y], ...rest]) => {
    let [atX, atY] = [x, y];
    const steps = rest.map(([toX, toY]) => {
      const step = `${toX - atX}${toY - atY < 0 ? "" : " "}${toY - atY}`;
      [atX, atY] = [toX, toY];
      return step;
    });
    return `M${x} ${y}l${steps.reduce((all, step) => all + (all && step[0] !== "-" ? " " : "") + step, "")}z`;
  }).join("");

const shapes = new Map();
for (const country of countries) {
  const code = codes.get(country.id) ?? BY_NAME.get(country.properties.name) ?? NOBODYS;
  const rings = ringsOf(country).filter((ring) => ring.length > 2 && areaOf(ring) >= SPECK);
  shapes.set(code, [...(shapes.get(code) ?? []), ...rings]);
}

const lines = [...shapes]
  .filter(([, rings]) => rings.reduce((sum, ring) => sum + areaOf(ring), 0) >= VISIBLE)
  .map(([code, rings]) => `${code} ${written(rings)}`)
  .sort();
const head = `\
# The world map: for each ISO 3166-1 alpha-2 code of countries.yaml the path of its shape, in a picture
# of ${WIDTH} × ${height} units ("${NOBODYS}": land that has no code). A country too small to be seen has no line.
# Made with Natural Earth (1:50m, public domain, naturalearthdata.com), as packed by world-atlas 2;
# Equal Earth projection. Written by scripts/draw_world_map.mjs; do not edit.
`;
writeFileSync(DRAWN, `${head}size ${WIDTH} ${height}\n${lines.join("\n")}\n`);
console.log(`${lines.length} shapes, ${lines.join("\n").length} characters, ${WIDTH} × ${height}`);
