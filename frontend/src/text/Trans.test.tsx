import { Trans } from "@lingui/react/macro";
import { expect, test } from "vitest";
import { show } from "../testing/show";

test("what people wrote stays as they wrote it, also where it looks like a tag", () => {
  const name = "<b>Ann</b> <0>of</0> <script>1</script> & co <3";
  const { container } = show(
    <p>
      <Trans>
        <strong>{name}</strong> accepts
      </Trans>
    </p>,
  );
  expect(container.textContent).toBe(`${name} accepts`);
  expect(container.querySelectorAll("strong")).toHaveLength(1);
});
