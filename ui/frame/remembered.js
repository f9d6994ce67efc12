// The memory with the news in it, the newest last; `merges` holds what has been merged before.
export function merged(memory, news, merges) {
  const made = { ...memory };
  for (const [name, value] of Object.entries(news)) {
    if (merges[name] === value) continue;
    merges[name] = value;
    delete made[name];
    made[name] = value;
  }
  return made;
}

// The newest of it, as much as so many bytes hold, written as a query is.
export function latest(memory, bytes) {
  const entries = Object.entries(memory);
  while (String(new URLSearchParams(entries)).length > bytes) entries.shift();
  return String(new URLSearchParams(entries));
}
