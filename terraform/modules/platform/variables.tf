variable "name" {
  description = "Prefix of every name, such as rookery-production: lower-case letters, digits and single hyphens, 3 to 20 characters."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name: ${var.name} (expected: 3 to 20 lower-case letters, digits and single hyphens, a letter first)."
  }
}

variable "account_id" {
  description = "Account: 12 digits."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id: ${var.account_id} (expected: 12 digits)."
  }
}

variable "region" {
  description = "Region, such as eu-west-1."
  type        = string
  nullable    = false
}

variable "protected" {
  description = "Whether this is for keeps: nothing that holds data can be deleted, everything is backed up and has a copy in another zone. Where it is off, everything goes with terraform destroy."
  type        = bool
  default     = true
  nullable    = false
  validation {
    condition     = !var.protected || var.network.nat == "zonal"
    error_message = "protected: true with nat ${var.network.nat} (expected: zonal, or one zone takes all others' way out)."
  }
  validation {
    condition     = !var.protected || length(var.network.zones) >= 3
    error_message = "protected: true in ${length(var.network.zones)} zones (expected: three at least)."
  }
  validation {
    condition     = !var.protected || (var.postgres.multi_az && length(var.postgres.readers) >= 1)
    error_message = "protected: true without a standby or a reader of PostgreSQL (expected: multi_az, and one reader at least)."
  }
  validation {
    condition     = !var.protected || (var.redis.replicas >= 1 && var.redis.snapshot_days >= 1)
    error_message = "protected: true with ${var.redis.replicas} replicas and ${var.redis.snapshot_days} days of snapshots of Redis (expected: one of each at least)."
  }
  validation {
    condition     = !var.protected || length(var.kafka.zones) == 3
    error_message = "protected: true with Kafka in ${length(var.kafka.zones)} zones (expected: three, so that two copies are left when one fails)."
  }
}

variable "network" {
  description = "Zones with their numbers, addresses, ways out (zonal, single or none), endpoints of services; see modules/network."
  type = object({
    zones               = map(number)
    cidr                = optional(string, "10.0.0.0/16")
    nat                 = optional(string, "zonal")
    nat_zone            = optional(string)
    interface_endpoints = optional(set(string), [])
    flow_logs           = optional(string, "ALL")
  })
  nullable = false
}

variable "cluster" {
  description = "Kubernetes: version, who administers it, who reaches its API, nodes and their quiet hours; see modules/cluster."
  type = object({
    administrators     = map(string)
    kubernetes_version = optional(string, "1.33")
    api_public_cidrs   = optional(set(string), [])
    compute            = optional(string, "auto")
    extended_support   = optional(bool, false)
    node_groups = optional(map(object({
      instance_types = list(string)
      min            = number
      max            = number
      spot           = optional(bool, false)
      dedicated      = optional(bool, false)
      disk_gib       = optional(number, 40)
    })), {})
    off_peak = optional(map(object({
      from = string
      to   = string
      min  = number
      max  = number
    })), {})
  })
  nullable = false
}

variable "busy_hours" {
  description = "When gateways' nodes are left alone in auto mode, although they are not full: from (cron, UTC) and for how many hours. In the quiet hours, players may have to connect again, and nodes are saved."
  type = object({
    from  = string
    hours = number
  })
  default  = { from = "0 6 * * *", hours = 20 }
  nullable = false
  validation {
    condition     = length(split(" ", var.busy_hours.from)) == 5 && var.busy_hours.hours >= 1 && var.busy_hours.hours <= 24
    error_message = "busy_hours: (expected: five fields of cron, and 1 to 24 hours)."
  }
}

variable "kafka" {
  description = "Kafka: zones (two or three, for ever), version, type and number of brokers, disks; see modules/kafka."
  type = object({
    zones            = set(string)
    instance_type    = string
    volume_gib       = number
    max_volume_gib   = number
    kafka_version    = optional(string, "3.9.x")
    brokers_per_zone = optional(number, 1)
  })
  nullable = false
  validation {
    condition     = length(setsubtract(var.kafka.zones, keys(var.network.zones))) == 0
    error_message = "kafka: zones ${join(", ", var.kafka.zones)} (expected: some of the network's, ${join(", ", keys(var.network.zones))})."
  }
}

variable "postgres" {
  description = "PostgreSQL: version, class, disks, readers, restores; see modules/postgres."
  type = object({
    instance_class      = string
    storage_gib         = number
    max_storage_gib     = number
    engine_version      = optional(string, "17.5")
    allow_major_upgrade = optional(bool, false)
    multi_az            = optional(bool, true)
    readers             = optional(map(object({ zone = string, instance_class = optional(string) })), {})
    writers             = optional(map(object({ restored_from = optional(string), restored_to = optional(string) })), { "1" = {} })
    writer              = optional(string, "1")
    backup_days         = optional(number, 35)
    apply_immediately   = optional(bool, false)
  })
  nullable = false
}

variable "postgres_password" {
  description = "Password of PostgreSQL's administrator; terraform/deploy makes it and reads it again from the store of secrets."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "postgres_password_version" {
  description = "Grows by one when postgres_password has changed."
  type        = number
  default     = 1
  nullable    = false
}

variable "redis" {
  description = "Redis: version, type, copies, snapshots; see modules/redis."
  type = object({
    node_type      = string
    engine_version = optional(string, "8.2")
    replicas       = optional(number, 2)
    snapshot_days  = optional(number, 7)
  })
  nullable = false
}

variable "edge" {
  description = "Where players come in: domain, its zone or a certificate, from where they may come; see modules/edge."
  type = object({
    domain          = string
    dns_zone_id     = optional(string)
    certificate_arn = optional(string)
    players_cidrs   = optional(set(string), ["0.0.0.0/0"])
  })
  nullable = false
}

variable "players" {
  description = "What gateways know of players: the URL of the issuer's keys (JWKS), origins of web pages that may connect, and of how many requests in one a trace is kept (0 to 1)."
  type = object({
    jwks_uri       = string
    origins        = list(string)
    trace_sampling = optional(number, 0.01)
  })
  nullable = false
  validation {
    condition     = startswith(var.players.jwks_uri, "https://")
    error_message = "players: jwks_uri ${var.players.jwks_uri} (expected: https://...)."
  }
  validation {
    condition     = length(var.players.origins) > 0 && alltrue([for origin in var.players.origins : can(regex("^https://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "players: origins ${join(", ", var.players.origins)} (expected: at least one, such as https://play.example.com)."
  }
  validation {
    condition     = var.players.trace_sampling >= 0 && var.players.trace_sampling <= 1
    error_message = "players: trace_sampling ${var.players.trace_sampling} (expected: 0 to 1)."
  }
}

variable "functions" {
  description = "Function to the topics that it writes beside those that every function does, see kubernetes/rights.sh. One for each file of knative/base that has a function."
  type        = map(set(string))
  default = {
    wallet = ["rookery.ledger.seals"]
    rounds = []
  }
  nullable = false
  validation {
    condition     = length(var.functions) > 0 && alltrue([for function in keys(var.functions) : can(regex("^[a-z][a-z0-9]{0,14}$", function)) && !contains(["administrator", "dispatcher", "gateway", "operator"], function)])
    error_message = "functions: ${join(", ", keys(var.functions))} (expected: at least one, 1 to 15 lower-case letters and digits, and no name that another user of a store has)."
  }
}

variable "spending" {
  description = "What a month may cost and what is unusual in a day, in US dollars."
  type = object({
    monthly_usd = number
    anomaly_usd = number
  })
  nullable = false
}

variable "emails" {
  description = "Who is told of alerts and of spending."
  type        = set(string)
  nullable    = false
}

variable "log_retention_days" {
  description = "Days for which logs are kept."
  type        = number
  default     = 90
  nullable    = false
}
