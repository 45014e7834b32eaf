-- Up Migration

-- One row once the demo community has been made: whom the login that is printed at the start belongs to.
CREATE TABLE import.demo_community (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  user_id bigint NOT NULL
);
