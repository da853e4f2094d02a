/** The notifications' code, which comes with the first notification and not with the first screen. */

let want: () => void;

/** Resolves once there is something to notify. */
const wanted = new Promise<void>((resolve) => {
  want = resolve;
});

const load = () => import("@mantine/notifications");

export async function notificationStore() {
  want();
  return (await load()).notifications;
}

export async function notificationArea() {
  await wanted;
  return { default: (await load()).Notifications };
}
