// How quotations are commonly found again in a browser: exact places first, else approximate ones, each scored with its
// surroundings. Reads {text, quotes: [{quote, prefix, suffix, hint}]} from the file named first; prints the seconds it took.
import { readFileSync } from "node:fs";
import search from "approx-string-match";

const { text, quotes } = JSON.parse(readFileSync(process.argv[2], "utf8"));

function places(text, words, most) {
  const found = [];
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1)) {
    found.push({ start: at, end: at + words.length, errors: 0 });
  }
  return found.length ? found : search(text, words, most);
}

function alike(text, words) {
  if (!words.length || !text.length) return 0;
  return 1 - places(text, words, words.length)[0].errors / words.length;
}

function score(place, { quote, prefix, suffix, hint }) {
  const words = 1 - place.errors / quote.length;
  const before = prefix ? alike(text.slice(Math.max(0, place.start - prefix.length), place.start), prefix) : 1;
  const behind = suffix ? alike(text.slice(place.end, place.end + suffix.length), suffix) : 1;
  const near = 1 - Math.abs(place.start - hint) / text.length;
  return (50 * words + 20 * before + 20 * behind + 2 * near) / 92;
}

const started = process.cpuUsage();
let checked = 0;
for (const wanted of quotes) {
  const found = places(text, wanted.quote, Math.min(256, wanted.quote.length / 2));
  let best = 0;
  for (const place of found) best = Math.max(best, score(place, wanted));
  checked += best;
}
const used = process.cpuUsage(started);
console.log((used.user + used.system) / 1e6, checked);
