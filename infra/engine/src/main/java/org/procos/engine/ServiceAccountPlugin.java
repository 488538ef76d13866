package org.procos.engine;

import org.operaton.bpm.engine.IdentityService;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineException;
import org.operaton.bpm.engine.authorization.Groups;
import org.operaton.bpm.engine.identity.Group;
import org.operaton.bpm.engine.identity.User;
import org.operaton.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;

/** Keeps the account of the REST API in the engine's identity tables: created on the first boot, its password kept current. */
final class ServiceAccountPlugin extends AbstractProcessEnginePlugin {

  private static final int ATTEMPTS = 3;

  private final String userId;
  private final String password;

  ServiceAccountPlugin(String userId, String password) {
    this.userId = userId;
    this.password = password;
  }

  /** Several engines on one database may boot at once: whoever loses the race finds the other's work done on a second look. */
  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    for (int attempt = 1; ; attempt++) {
      try {
        keepAccount(engine.getIdentityService());
        return;
      } catch (ProcessEngineException lostRace) {
        if (attempt == ATTEMPTS) {
          throw lostRace;
        }
      }
    }
  }

  private void keepAccount(IdentityService identity) {
    if (identity.createUserQuery().userId(userId).count() == 0) {
      create(identity);
    } else if (!identity.checkPassword(userId, password)) {
      // Only now: the failed check has written to the user's row.
      User user = identity.createUserQuery().userId(userId).singleResult();
      user.setPassword(password);
      identity.saveUser(user);
      identity.unlockUser(userId);
    }
  }

  private void create(IdentityService identity) {
    User user = identity.newUser(userId);
    user.setPassword(password);
    identity.saveUser(user);
    if (identity.createGroupQuery().groupId(Groups.OPERATON_ADMIN).count() == 0) {
      Group administrators = identity.newGroup(Groups.OPERATON_ADMIN);
      administrators.setName("Administrators");
      administrators.setType(Groups.GROUP_TYPE_SYSTEM);
      identity.saveGroup(administrators);
    }
    identity.createMembership(userId, Groups.OPERATON_ADMIN);
  }
}
