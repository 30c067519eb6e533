import { Configuration, EndpointsApi, EventsApi, ResponseError } from "./client/index.js";

// Adds an endpoint and publishes an event. Arguments: the server's address and an API key.
const [basePath, accessToken] = process.argv.slice(2);
const configuration = new Configuration({ basePath, accessToken });

const endpoint = await new EndpointsApi(configuration).createEndpoint({
  site: "default",
  newEndpoint: { url: "https://crm.example/hook", eventTypes: ["license_*"] },
});
console.log("secret for the receiver, shown once: " + endpoint.secret);

try {
  const receipt = await new EventsApi(configuration).publish({
    site: "default",
    newEvent: { type: "license_created", data: { ActivationKey: "HF4T0-7QWK2" } },
    idempotencyKey: "order-4711", // a repeat after a lost response publishes nothing twice
  });
  console.log(`${receipt.id} goes to ${receipt.deliveries} endpoint(s)`);
} catch (error) {
  if (error instanceof ResponseError) {
    console.error(`not published: ${error.response.status} ${await error.response.text()}`);
  }
  throw error;
}
