package dev.rookery.gateway.directory;

import com.redis.om.spring.repository.RedisEnhancedRepository;

/// All gateways that there are.
public interface Gateways extends RedisEnhancedRepository<GatewayEntity, String> {}
