// Where calls wait: IndexedDB, so that a closed page loses none. What holds personal answers stays in
// memory only, because nothing personal may lie in clear on a phone; leaving the page then asks first.
const memory = new Map();
let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("fengsui-field", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("calls", { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function within(mode, use) {
  const calls = (await database()).transaction("calls", mode).objectStore("calls");
  return new Promise((resolve, reject) => {
    const request = use(calls);
    request.transaction.oncomplete = () => resolve(request.result);
    request.transaction.onabort = () => reject(request.transaction.error);
  });
}

export async function put(item) {
  if (item.personal) memory.set(item.key, item);
  else await within("readwrite", (calls) => calls.put(item));
}

export async function remove(key) {
  if (!memory.delete(key)) await within("readwrite", (calls) => calls.delete(key));
}

// In the order in which they were made: keys are UUIDv7.
export async function all() {
  const kept = await within("readonly", (calls) => calls.getAll());
  return [...kept, ...memory.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
}

window.addEventListener("beforeunload", (event) => {
  if (memory.size) event.preventDefault();
});
