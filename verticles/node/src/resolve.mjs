/** Lets a file import "usher-handler" wherever it stands: the package that runs it is meant. */
const OWN = new URL("./index.mjs", import.meta.url).href;

export async function resolve(specifier, context, next) {
  return specifier === "usher-handler"
    ? { url: OWN, shortCircuit: true }
    : next(specifier, context);
}
