variable "name" {
  description = "Prefix of every name: lower-case letters, digits and hyphens, 3 to 24 characters."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "name: ${var.name} (expected: 3 to 24 lower-case letters, digits and single hyphens, a letter first)."
  }
}

variable "vpc_id" {
  description = "The network."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Zone to subnet without a route to the internet."
  type        = map(string)
  nullable    = false
}

variable "client_security_group_ids" {
  description = "Name to security group that may connect."
  type        = map(string)
  nullable    = false
}

variable "kms_key_arn" {
  description = "ARN of the KMS key for data."
  type        = string
  nullable    = false
}

variable "logs_key_arn" {
  description = "ARN of the KMS key for logs."
  type        = string
  nullable    = false
}

variable "engine_version" {
  description = "Version of Valkey. From 8.2 on it has the search that Redis OM uses."
  type        = string
  default     = "8.2"
  nullable    = false
  validation {
    condition     = can(regex("^[89]\\.[0-9]+$", var.engine_version)) && try(tonumber(var.engine_version) >= 8.2, false)
    error_message = "engine_version: ${var.engine_version} (expected: 8.2 or newer)."
  }
}

variable "node_type" {
  description = "Type of the nodes, such as cache.t4g.micro or cache.r7g.large."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^cache\\.(t4g\\.(micro|small|medium)|[mr]7g\\.(large|[0-9]*xlarge))$", var.node_type))
    error_message = "node_type: ${var.node_type} (expected: a Graviton type, such as cache.t4g.micro or cache.r7g.large)."
  }
}

variable "replicas" {
  description = "Copies beside the primary, 0 to 5; with one or more, another takes over when the primary's zone fails."
  type        = number
  default     = 2
  nullable    = false
  validation {
    condition     = var.replicas >= 0 && var.replicas <= 5 && floor(var.replicas) == var.replicas
    error_message = "replicas: ${var.replicas} (expected: 0 to 5)."
  }
  validation {
    condition     = var.replicas == 0 || length(var.subnet_ids) >= 2
    error_message = "replicas: ${var.replicas} in ${length(var.subnet_ids)} zone (expected: two zones at least)."
  }
}

variable "snapshot_days" {
  description = "Days for which nightly snapshots are kept; 0 for none."
  type        = number
  default     = 7
  nullable    = false
  validation {
    condition     = var.snapshot_days >= 0 && var.snapshot_days <= 35
    error_message = "snapshot_days: ${var.snapshot_days} (expected: 0 to 35)."
  }
}

variable "final_snapshot" {
  description = "Whether a last snapshot is made when the store is deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "maintenance_window" {
  description = "When the cloud may restart a node, UTC."
  type        = string
  default     = "tue:04:30-tue:05:30"
  nullable    = false
}

variable "users" {
  description = "Workload to its rights, as an ACL that begins with on and names keys and channels. Names are 1 to 15 lower-case letters, digits and hyphens."
  type        = map(string)
  nullable    = false
  validation {
    condition     = length(var.users) > 0 && alltrue([for user in keys(var.users) : can(regex("^[a-z][a-z0-9-]{0,14}$", user))])
    error_message = "users: ${join(", ", keys(var.users))} (expected: at least one, names of 1 to 15 lower-case letters, digits and hyphens)."
  }
  validation {
    condition     = alltrue([for rights in values(var.users) : startswith(rights, "on ") && !strcontains(rights, "~* ") && !strcontains(rights, "&* ") && !strcontains(rights, "allkeys") && !strcontains(rights, "allchannels") && !strcontains(rights, "+@all")])
    error_message = "users: (expected: on first; keys and channels by their prefixes; commands named, never +@all, allkeys or allchannels)."
  }
  validation {
    condition     = alltrue([for rights in values(var.users) : !strcontains(rights, "nopass") && !strcontains(rights, ">")])
    error_message = "users: (expected: no password and no nopass; passwords are set apart)."
  }
}

variable "log_retention_days" {
  description = "Days for which the engine's log and that of slow commands are kept."
  type        = number
  default     = 30
  nullable    = false
}
