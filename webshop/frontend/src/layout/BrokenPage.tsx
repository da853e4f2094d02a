import { useRouteError } from "react-router";

import { ErrorNote } from "./AreaBoundary";
import { Page } from "./Page";

/** The last resort: the frame around the areas failed itself. */
export function BrokenPage() {
  const error = useRouteError();
  return (
    <Page title="ShopNow+" wide={false}>
      <ErrorNote
        error={error}
        onRetry={() => {
          window.location.reload();
        }}
      />
    </Page>
  );
}
