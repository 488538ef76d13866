package org.procos.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.authorization.Groups;
import org.operaton.bpm.engine.rest.security.auth.AuthenticationResult;
import org.operaton.bpm.engine.rest.security.auth.impl.HttpBasicAuthenticationProvider;

/**
 * HTTP basic authentication of the one account that this engine was started with.
 *
 * <p>The stock provider asks the identity tables: three queries for each request, and a wrong password locks the account
 * for seconds, so that anyone who reaches the port could shut out the whole system. The account is known here, so the
 * comparison is made in memory and in constant time, and nothing can be locked.
 */
final class ServiceAccount extends HttpBasicAuthenticationProvider {

  private final byte[] expected;
  private final String user;

  ServiceAccount(String user, String password) {
    this.user = user;
    this.expected = digest((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
    String header = request.getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6) || !matches(header.substring(6).trim())) {
      return AuthenticationResult.unsuccessful();
    }
    AuthenticationResult account = AuthenticationResult.successful(user);
    account.setGroups(List.of(Groups.OPERATON_ADMIN));
    account.setTenants(List.of());
    return account;
  }

  private boolean matches(String credentials) {
    byte[] given;
    try {
      given = Base64.getDecoder().decode(credentials);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
    return MessageDigest.isEqual(digest(given), expected);
  }

  @Override
  public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
    response.setHeader("WWW-Authenticate", "Basic realm=\"engine\", charset=\"UTF-8\"");
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
