variable "name" {
  description = "Name of the cluster: lower-case letters, digits and hyphens, 3 to 24 characters."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}[a-z0-9]$", var.name))
    error_message = "name: ${var.name} (expected: 3 to 24 lower-case letters, digits and hyphens, a letter first)."
  }
}

variable "account_id" {
  description = "Account: 12 digits."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region, such as eu-west-1."
  type        = string
  nullable    = false
}

variable "kubernetes_version" {
  description = "Version of Kubernetes, such as 1.33. One minor at a time, never back."
  type        = string
  default     = "1.33"
  nullable    = false
  validation {
    condition     = can(regex("^1\\.(3[0-9]|4[0-9])$", var.kubernetes_version))
    error_message = "kubernetes_version: ${var.kubernetes_version} (expected: 1.30 or newer, such as 1.33)."
  }
}

variable "subnet_ids" {
  description = "Zone to subnet of nodes and pods."
  type        = map(string)
  nullable    = false
  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids: ${length(var.subnet_ids)} (expected: at least two zones)."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key for Secrets."
  type        = string
  nullable    = false
}

variable "logs_key_arn" {
  description = "ARN of the KMS key for logs."
  type        = string
  nullable    = false
}

variable "api_public_cidrs" {
  description = "Addresses from which the cluster's API is reached over the internet; none by default, then only from inside the network."
  type        = set(string)
  default     = []
  nullable    = false
  validation {
    condition     = alltrue([for cidr in var.api_public_cidrs : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]) >= 16, false)])
    error_message = "api_public_cidrs: ${join(", ", var.api_public_cidrs)} (expected: IPv4 ranges of /16 or smaller, never the whole internet)."
  }
}

variable "administrators" {
  description = "Name to ARN of a role or user that may do everything in the cluster."
  type        = map(string)
  nullable    = false
  validation {
    condition     = length(var.administrators) >= 1 && alltrue([for arn in values(var.administrators) : can(regex("^arn:aws:iam::[0-9]{12}:(role|user)/.+$", arn))])
    error_message = "administrators: (expected: at least one ARN of a role or user; whoever made the cluster is none by itself)."
  }
}

variable "compute" {
  description = "auto: the cloud brings and mends nodes by itself, pools are YAML in terraform/kubernetes. managed: groups of nodes, given by node_groups."
  type        = string
  default     = "auto"
  nullable    = false
  validation {
    condition     = contains(["auto", "managed"], var.compute)
    error_message = "compute: ${var.compute} (expected: auto or managed)."
  }
}

variable "node_groups" {
  description = "Name to group of nodes, where compute is managed. spot is cheap and may be taken away with two minutes' notice; dedicated keeps all pods away that do not ask for the group."
  type = map(object({
    instance_types = list(string)
    min            = number
    max            = number
    spot           = optional(bool, false)
    dedicated      = optional(bool, false)
    disk_gib       = optional(number, 40)
  }))
  default  = {}
  nullable = false
  validation {
    condition     = (var.compute == "managed") == (length(var.node_groups) > 0)
    error_message = "node_groups: ${length(var.node_groups)} where compute is ${var.compute} (expected: some where it is managed, none where it is auto)."
  }
  validation {
    condition     = alltrue([for group in values(var.node_groups) : group.min >= 0 && group.max >= group.min && group.max >= 1])
    error_message = "node_groups: min and max (expected: 0 <= min <= max, and max >= 1)."
  }
  validation {
    condition     = alltrue([for group in values(var.node_groups) : !group.spot || length(group.instance_types) >= 3])
    error_message = "node_groups: a spot group with fewer than three instance types (expected: three at least, so that another is there when one is taken away)."
  }
  validation {
    condition     = alltrue(flatten([for group in values(var.node_groups) : [for type in group.instance_types : can(regex("^[a-z][0-9]+[a-z]*\\.[a-z0-9]+$", type))]]))
    error_message = "node_groups: instance_types (expected: such as m7g.large)."
  }
  validation {
    condition     = alltrue([for name, group in var.node_groups : name != "gateway" || !group.spot])
    error_message = "node_groups: gateway on spot (expected: on demand; a node that is taken away closes every socket on it)."
  }
  validation {
    condition     = alltrue([for group in values(var.node_groups) : group.disk_gib >= 20 && group.disk_gib <= 1000])
    error_message = "node_groups: disk_gib (expected: 20 to 1000)."
  }
}

variable "off_peak" {
  description = "Group to its size in the quiet hours, where compute is managed: from and to are schedules (cron, UTC)."
  type = map(object({
    from = string
    to   = string
    min  = number
    max  = number
  }))
  default  = {}
  nullable = false
  validation {
    condition     = alltrue([for name in keys(var.off_peak) : contains(keys(var.node_groups), name)])
    error_message = "off_peak: ${join(", ", keys(var.off_peak))} (expected: names of node_groups, ${join(", ", keys(var.node_groups))})."
  }
  validation {
    condition     = alltrue([for name, quiet in var.off_peak : quiet.min >= 0 && quiet.min <= quiet.max && quiet.max <= try(var.node_groups[name].max, 0)])
    error_message = "off_peak: min and max (expected: 0 <= min <= max <= the group's max)."
  }
  validation {
    condition     = alltrue(flatten([for quiet in values(var.off_peak) : [for schedule in [quiet.from, quiet.to] : length(split(" ", schedule)) == 5]]))
    error_message = "off_peak: from and to (expected: five fields of cron, such as 0 1 * * *)."
  }
}

variable "workloads" {
  description = "Name to workload that has an identity in the cloud: whose service account in which namespace, and what it may do (an IAM policy as JSON)."
  type = map(object({
    namespace       = string
    service_account = string
    policy          = string
  }))
  default  = {}
  nullable = false
  validation {
    condition     = alltrue([for workload in values(var.workloads) : can(jsondecode(workload.policy).Statement)])
    error_message = "workloads: policy (expected: an IAM policy as JSON)."
  }
  validation {
    condition     = length(distinct([for workload in values(var.workloads) : "${workload.namespace}/${workload.service_account}"])) == length(var.workloads)
    error_message = "workloads: two for one service account (expected: one)."
  }
}

variable "extended_support" {
  description = "Whether the cluster stays on a version that is out of standard support, for six times the price, instead of being upgraded by the cloud."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_retention_days" {
  description = "Days for which the control plane's logs are kept, audit included."
  type        = number
  default     = 365
  nullable    = false
}
