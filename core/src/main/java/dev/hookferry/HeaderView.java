package dev.hookferry;

import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.NamedSettings;
import dev.hookferry.endpoint.Secrets;
import dev.hookferry.port.SecretCipher;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Custom headers as people may see them: what looks like a credential is masked. */
final class HeaderView {
  private static final Pattern CREDENTIAL =
      Pattern.compile("(?i).*(auth|token|secret|key|password|credential|session|signature).*");

  private HeaderView() {}

  static Map<String, String> of(Endpoint endpoint, SecretCipher cipher) {
    Map<String, String> shown = new LinkedHashMap<>();
    for (CustomHeader header : endpoint.headers()) {
      boolean masked = CREDENTIAL.matcher(header.name()).matches();
      String context = Secrets.header(endpoint.id(), header.name());
      shown.put(header.name(), masked ? NamedSettings.MASK : cipher.open(header.value(), context));
    }
    return shown;
  }
}
