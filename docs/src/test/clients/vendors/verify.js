// Verifies signed messages with the libraries that vendors publish for their receivers.
import { readFileSync } from "node:fs";
import { Webhooks } from "@octokit/webhooks";
import "@shopify/shopify-api/adapters/node";
import { ApiVersion, shopifyApi } from "@shopify/shopify-api";
import bolt from "@slack/bolt";
import { Webhook as Standard } from "standardwebhooks";
import Stripe from "stripe";
import { Webhook as Svix } from "svix";

const stripe = new Stripe("sk_test_none");
const verifiers = {
  standard: ({ body, headers, secret }) => new Standard(secret).verify(body, headers),
  svix: ({ body, headers, secret }) => new Svix(secret).verify(body, headers),
  stripe: ({ body, headers, secret }) =>
    stripe.webhooks.constructEvent(body, headers["Stripe-Signature"], secret),
  slack: ({ body, headers, secret }) =>
    bolt.verifySlackRequest({
      signingSecret: secret,
      body,
      headers: {
        "x-slack-signature": headers["X-Slack-Signature"],
        "x-slack-request-timestamp": Number(headers["X-Slack-Request-Timestamp"]),
      },
    }),
  shopify: async ({ body, headers, secret }) => {
    const shopify = shopifyApi({
      apiKey: "none",
      apiSecretKey: secret,
      apiVersion: ApiVersion.April26,
      hostName: "localhost",
      isEmbeddedApp: false,
      logger: { level: 0 },
    });
    // These two are custom headers of the endpoint.
    const own = { "X-Shopify-Shop-Domain": "a.myshopify.com", "X-Shopify-API-Version": "2026-04" };
    const request = { method: "POST", url: "/", headers: { ...headers, ...own } };
    const check = await shopify.webhooks.validate({
      rawBody: body,
      rawRequest: request,
      rawResponse: {},
    });
    if (!check.valid) {
      throw new Error(JSON.stringify(check));
    }
  },
  github: async ({ body, headers, secret }) => {
    if (!(await new Webhooks({ secret }).verify(body, headers["X-Hub-Signature-256"]))) {
      throw new Error("the signature does not match");
    }
  },
};

async function isAccepted(message) {
  try {
    await verifiers[message.profile](message);
    return true;
  } catch (error) {
    message.error = error;
    return false;
  }
}

const messages = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const message of messages) {
  if (!(await isAccepted(message))) {
    throw new Error(`${message.profile} refuses what we signed: ${message.error}`);
  }
  if (await isAccepted({ ...message, body: message.body.replace("1.10", "1.1") })) {
    throw new Error(`${message.profile} accepts another body`);
  }
  console.log(`${message.profile} accepts`);
}
