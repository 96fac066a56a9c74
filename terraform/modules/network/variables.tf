variable "name" {
  description = "Prefix of every name: lower-case letters, digits and hyphens, 3 to 24 characters."
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
  description = "Region of the zones, such as eu-west-1."
  type        = string
  nullable    = false
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: ${var.region} (expected: such as eu-west-1)."
  }
}

variable "cidr" {
  description = "IPv4 addresses of the network, /16 to /18. The first half is for pods, the third quarter for stores, the last for balancers."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false
  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 18, false)
    error_message = "cidr: ${var.cidr} (expected: an IPv4 range from /16 to /18)."
  }
  validation {
    condition     = try(cidrhost(var.cidr, 0) == split("/", var.cidr)[0], false)
    error_message = "cidr: ${var.cidr} (expected: the first address of the range before the slash)."
  }
}

variable "zones" {
  description = "Availability zones, each with its number from 0 to 7. The number decides the zone's addresses and never changes; a zone that is added takes a new one."
  type        = map(number)
  nullable    = false
  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 8
    error_message = "zones: ${length(var.zones)} (expected: 2 to 8)."
  }
  validation {
    condition     = alltrue([for number in values(var.zones) : number >= 0 && number <= 7 && floor(number) == number]) && length(distinct(values(var.zones))) == length(var.zones)
    error_message = "zones: numbers ${join(", ", values(var.zones))} (expected: different whole numbers from 0 to 7)."
  }
  validation {
    condition     = alltrue([for zone in keys(var.zones) : startswith(zone, var.region)])
    error_message = "zones: ${join(", ", keys(var.zones))} (expected: zones of ${var.region})."
  }
}

variable "nat" {
  description = "Ways out for pods: zonal (one gateway a zone, so that a zone that fails takes nobody else's way out), single (cheap), none."
  type        = string
  default     = "zonal"
  nullable    = false
  validation {
    condition     = contains(["zonal", "single", "none"], var.nat)
    error_message = "nat: ${var.nat} (expected: zonal, single or none)."
  }
}

variable "nat_zone" {
  description = "Zone of the gateway when there is a single one; by default the one with the lowest number."
  type        = string
  default     = null
  validation {
    condition     = var.nat_zone == null ? true : var.nat == "single" && contains(keys(var.zones), var.nat_zone)
    error_message = "nat_zone: ${coalesce(var.nat_zone, "none")} (expected: one of the zones, and nat to be single)."
  }
}

variable "interface_endpoints" {
  description = "Services of the cloud that are reached without the internet, such as sts; each costs by the hour and zone."
  type        = set(string)
  default     = []
  nullable    = false
  validation {
    condition     = !contains(var.interface_endpoints, "s3")
    error_message = "interface_endpoints: s3 (expected: not there, it has a gateway endpoint, which is free)."
  }
  validation {
    condition     = var.nat != "none" || length(setsubtract(["ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager", "eks-auth", "eks", "ec2"], var.interface_endpoints)) == 0
    error_message = "interface_endpoints: too few (expected: ecr.api, ecr.dkr, sts, logs, secretsmanager, eks-auth, eks and ec2 at least, where nat is none)."
  }
}

variable "flow_logs" {
  description = "Which connections are logged: ALL, REJECT or ACCEPT."
  type        = string
  default     = "ALL"
  nullable    = false
  validation {
    condition     = contains(["ALL", "REJECT", "ACCEPT"], var.flow_logs)
    error_message = "flow_logs: ${var.flow_logs} (expected: ALL, REJECT or ACCEPT)."
  }
}

variable "log_retention_days" {
  description = "Days for which flow logs are kept; one of the steps that CloudWatch has."
  type        = number
  default     = 90
  nullable    = false
  validation {
    condition     = contains([7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days: ${var.log_retention_days} (expected: 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653)."
  }
}

variable "logs_key_arn" {
  description = "ARN of the KMS key for logs."
  type        = string
  nullable    = false
}
