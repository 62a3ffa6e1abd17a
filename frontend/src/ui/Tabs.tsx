import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";
import { Icon, type IconName } from "./Icon";

export interface TabItem<K extends string> {
  id: K;
  label: string;
  /** Seen in its place where there is little room; screen readers still hear the label. */
  short?: string | undefined;
  icon?: IconName;
  /** How many are new or settled, beside the label; left out at zero. */
  count?: number | undefined;
  content: ReactNode;
}

export function Tabs<K extends string>({
  label,
  items,
  selected,
  onSelect,
}: {
  label: string;
  items: readonly TabItem<K>[];
  selected: K;
  onSelect: (id: K) => void;
}) {
  return (
    <AriaTabs
      className="tabs"
      selectedKey={selected}
      onSelectionChange={(key) => {
        const item = items.find((candidate) => candidate.id === key);
        if (item !== undefined) onSelect(item.id);
      }}
    >
      <TabList aria-label={label} className="tab-list">
        {items.map((item) => (
          <Tab key={item.id} id={item.id} className="tab">
            {item.icon === undefined ? null : <Icon name={item.icon} size={18} />}
            {item.short === undefined ? (
              <span>{item.label}</span>
            ) : (
              <>
                <span aria-hidden="true">{item.short}</span>
                <span className="hidden-visually">{item.label}</span>
              </>
            )}
            {item.count === undefined || item.count === 0 ? null : <span className="count">{item.count}</span>}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="tab-panel">
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
