package dev.hookferry;

import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.NamedSettings;
import dev.hookferry.endpoint.Secrets;
import dev.hookferry.port.MasterKeyException;
import dev.hookferry.port.SecretCipher;
import java.util.LinkedHashMap;
import java.util.Map;

/** Custom headers as people may see them: what is secret is masked. */
final class HeaderView {
  private HeaderView() {}

  static Map<String, String> of(Endpoint endpoint, SecretCipher cipher) {
    Map<String, String> shown = new LinkedHashMap<>();
    for (CustomHeader header : endpoint.headers()) {
      shown.put(
          header.name(), header.isSecret() ? NamedSettings.MASK : open(endpoint, header, cipher));
    }
    return shown;
  }

  /** One value that cannot be opened must not keep the whole list from being seen. */
  private static String open(Endpoint endpoint, CustomHeader header, SecretCipher cipher) {
    try {
      return cipher.open(
          header.value(), Secrets.header(endpoint.site(), endpoint.id(), header.name()));
    } catch (MasterKeyException | IllegalArgumentException e) {
      return NamedSettings.MASK;
    }
  }
}
