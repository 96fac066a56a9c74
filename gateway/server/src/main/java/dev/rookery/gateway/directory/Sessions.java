package dev.rookery.gateway.directory;

import com.redis.om.spring.repository.RedisEnhancedRepository;

/// All sessions that there are, on all gateways.
public interface Sessions extends RedisEnhancedRepository<SessionEntity, String> {}
