package dev.hookferry.endpoint;

/** The contexts to which sealed secrets are bound: where each of them belongs. */
public final class Secrets {
  private Secrets() {}

  /** A site's {@code webHookSecretKey}. */
  public static String siteKey(SiteId site) {
    return "site/" + site + "/webHookSecretKey";
  }

  /** An endpoint's own QLM key. */
  public static String qlm(EndpointId endpoint) {
    return "endpoint/" + endpoint + "/qlm";
  }

  /** An endpoint's {@code whsec_} secrets. */
  public static String standard(EndpointId endpoint) {
    return "endpoint/" + endpoint + "/standard";
  }

  /** The value of an endpoint's custom header. */
  public static String header(EndpointId endpoint, String name) {
    return "endpoint/" + endpoint + "/header/" + name;
  }
}
