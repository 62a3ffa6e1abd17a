/** Where a business's own systems are told, and how that went. */
import { request } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];

export type WebhookView = Shapes["WebhookView"];
export type Delivery = Shapes["DeliveryView"];

const at = (organisation: string) => `/api/organisations/${organisation}/webhook`;

export function readWebhook(organisation: string): Promise<WebhookView> {
  return request("GET", at(organisation));
}

/** The first time, the answer holds the secret. */
export function setWebhook(organisation: string, url: string, enabled: boolean): Promise<WebhookView> {
  return request("PUT", at(organisation), { body: { url, enabled } });
}

export function replaceSecret(organisation: string): Promise<WebhookView> {
  return request("POST", `${at(organisation)}/secret`);
}

export function sendTest(organisation: string): Promise<WebhookView> {
  return request("POST", `${at(organisation)}/tests`);
}

export function deliverAgain(organisation: string, delivery: string): Promise<WebhookView> {
  return request("POST", `${at(organisation)}/deliveries/${delivery}/again`);
}
