// Fetches the application, at once where it must draw the page itself. What the shop has drawn comes
// to the screen first: on a slow line the application would take its share from the page.
const { application } = document.querySelector("script[data-application]").dataset;
const start = () => import(application);
const isRendered = document.getElementById("initial-data") !== null;
const reportsPaint = PerformanceObserver.supportedEntryTypes?.includes("paint");

if (isRendered && reportsPaint && !document.hidden) {
  new PerformanceObserver(start).observe({ type: "paint", buffered: true });
  // A page that went out of sight before it was painted.
  document.addEventListener("visibilitychange", start, { once: true });
} else {
  start();
}
