package dev.hookferry.contract.store;

import dev.hookferry.contract.store.config.ConfigStoreContract;
import dev.hookferry.contract.store.config.ExclusiveUseContract;
import dev.hookferry.contract.store.config.SealedStoreContract;
import dev.hookferry.contract.store.delivery.DeliveryStoreContract;
import dev.hookferry.contract.store.log.AttemptLogContract;
import dev.hookferry.contract.store.log.AuditLogContract;

/**
 * Everything that a store must do. Durable stores add {@link DurableStoreContract}, stores that
 * several processes can use {@link SharedStoreContract}. Optional abilities have contracts of their
 * own: {@link TallyStoreContract}, {@link SessionStoreContract}, {@link NodeListContract} and
 * {@link SharedTrialContract}.
 */
public interface StoreContract
    extends DeliveryStoreContract,
        AttemptLogContract,
        ConfigStoreContract,
        AuditLogContract,
        ReplayStoreContract,
        SealedStoreContract,
        ExclusiveUseContract {}
