-- What a decision pushes to others, and whom it lets into rooms or no longer: told again from here, to the byte.
alter table inbox
    add column pushes       text not null default '[]',
    add column room_changes text not null default '[]';
