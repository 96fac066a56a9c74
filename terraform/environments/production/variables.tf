variable "account_id" {
  description = "Account, 12 digits: the only one that this is ever applied to."
  type        = string
}

variable "region" {
  description = "Region, such as eu-west-1."
  type        = string
}

variable "zones" {
  description = "Availability zones, each with its number from 0 to 7, which never changes."
  type        = map(number)
}

variable "kafka_zones" {
  description = "Three of the zones, in which Kafka's brokers are: for ever, whichever zones the network gets later."
  type        = set(string)
}

variable "administrators" {
  description = "Name to ARN of a role or user that may do everything in the cluster."
  type        = map(string)
}

variable "api_public_cidrs" {
  description = "Addresses from which the cluster's API is reached over the internet; none means from inside the network alone."
  type        = set(string)
  default     = []
}

variable "domain" {
  description = "Name that players connect to."
  type        = string
}

variable "dns_zone_id" {
  description = "Zone of Route 53 that domain lies in; null where names are kept elsewhere."
  type        = string
  default     = null
}

variable "certificate_arn" {
  description = "Certificate of domain, where dns_zone_id is null."
  type        = string
  default     = null
}

variable "players" {
  description = "URL of the issuer's keys, origins of web pages that may connect, share of requests that are traced."
  type = object({
    jwks_uri       = string
    origins        = list(string)
    trace_sampling = optional(number, 0.01)
  })
}

variable "emails" {
  description = "Who is told of alerts and of spending."
  type        = set(string)
}

variable "postgres_password" {
  description = "Given by terraform/deploy."
  type        = string
  ephemeral   = true
  sensitive   = true
}

variable "postgres_password_version" {
  description = "Given by terraform/deploy."
  type        = number
  default     = 1
}
