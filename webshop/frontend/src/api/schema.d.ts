/* Written by `python -m ops.reference_docs` from the routes in webshop/api: change it there. */

export interface paths {
    "/api/v1/kpis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The indicators of each business day, with what they mean; default: the last 30 days. */
        get: operations["get_indicators_list_kpis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is left of up to 50 products; one that is not for sale is missing from the answer. */
        get: operations["get_catalogue_list_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open an empty cart; an account gets the cart that it fills already. */
        post: operations["post_carts_open_cart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take one event `{event_type, payload}`, or up to 50 as `{events: […]}`.
         * @description 202 once Kafka has acknowledged all of them; 503 if it has not: send them again with the same
         *     event ids. The time of an event is the shop's, not the browser's.
         */
        post: operations["post_browsing_collect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest stock alerts, newest first, each with the milliseconds that it took. */
        get: operations["get_indicators_list_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's account. */
        get: operations["get_accounts_show_account"];
        put?: never;
        post?: never;
        /**
         * Delete the caller's account for good, with its sessions and its cart; its orders stay.
         * @description 401 and 429 as at the login, if the password is wrong. An order that is under way goes on: the
         *     links in its mails open it.
         */
        delete: operations["delete_accounts_delete_account"];
        options?: never;
        head?: never;
        /** Change name or language of the caller's account. */
        patch: operations["patch_accounts_change_account"];
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in, all null for a guest. */
        get: operations["get_sessions_show_session"];
        put?: never;
        /**
         * Log in; answers with the account, its cart, and the CSRF token for unsafe calls.
         * @description 401 for a wrong password as for an unknown address, and after the right one for a missing or
         *     wrong code if the account has a second factor; 403 if the address is not verified yet; 429 with
         *     Retry-After after many wrong ones from the caller's address, or many wrong codes.
         */
        post: operations["post_sessions_log_in"];
        /** Log out; nothing changes for a guest. */
        delete: operations["delete_sessions_log_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the catalogue, or turn its pages.
         * @description A search looks at names, descriptions, categories and skus in both languages, whatever `lang`
         *     is, and forgives accents and typos. `total` counts the products of all pages.
         */
        get: operations["get_catalogue_list_products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an account: the address gets a link to verify it, or word that it has an account.
         * @description There is no account before the link is used.
         */
        post: operations["post_accounts_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The categories with the number of their products. */
        get: operations["get_catalogue_list_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is left of one product. */
        get: operations["get_catalogue_get_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Liveness: the process answers. */
        get: operations["get_health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What staff changed, newest first. */
        get: operations["get_staff_audit_list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The database answers and holds the shop's tables; 503 otherwise. */
        get: operations["get_health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shop's orders, newest first. */
        get: operations["get_staff_orders_list_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The returns, newest first. */
        get: operations["get_staff_returns_list_returns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One product. */
        get: operations["get_catalogue_get_product"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page of the caller's orders, newest first, and `next` to pass as `after`. */
        get: operations["get_order_history_list_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every product by sku. */
        get: operations["get_staff_products_list_products"];
        put?: never;
        /** Put a product into the range. */
        post: operations["post_staff_products_add_product"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Consume a verification link: open the account, with the password of its registration.
         * @description The link stays good after a wrong password. All other links for the address end with this one.
         */
        post: operations["post_accounts_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers by customer_id; `q` is in their id, name or e-mail address. */
        get: operations["get_staff_customers_list_customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipping-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ways to get an order to a country; none if the shop does not deliver there. */
        get: operations["get_carts_list_shipping_methods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the caller's password; all sessions end, and the caller gets a new one.
         * @description 401 and 429 as at the login, if the present password is wrong.
         */
        post: operations["post_accounts_change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/promotions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every promotion, the newest first. */
        get: operations["get_staff_promotions_list_codes"];
        put?: never;
        /** Make a new code. */
        post: operations["post_staff_promotions_add_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/mails/failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The mails that were given up, the last one first. */
        get: operations["get_staff_mails_list_failed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Handle a webhook event: 204 once it is stored, also for a duplicate.
         * @description Anything else asks the provider to send it again.
         */
        post: operations["post_webhooks_receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{cart_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A cart at today's prices. */
        get: operations["get_carts_get_cart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/products/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A product of the range, for sale or not. */
        get: operations["get_staff_products_get_product"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a product. A new price is for carts and orders to come. */
        patch: operations["patch_staff_products_edit_product"];
        trace?: never;
    };
    "/api/v1/account/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a secret for an authenticator app; nothing is asked for until a code of it is confirmed.
         * @description 401 and 429 as at the login, if the password is wrong.
         */
        post: operations["post_second_factor_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order. */
        get: operations["get_orders_get_order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a link that sets a new password, if the address has an account. */
        post: operations["post_accounts_request_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/stock/{sku}/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct the units in the warehouse to what was counted. */
        post: operations["post_staff_stock_count"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/stock/{sku}/restock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add new units to the stock. */
        post: operations["post_staff_stock_restock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{cart_id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put more units of a product into a cart; answers with the cart. */
        post: operations["post_carts_add_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{cart_id}/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a cart would cost; reserves nothing. A code that does not hold says why. */
        post: operations["post_carts_quote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/stock/{sku}/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger of a product, newest first, with its stock and what the ledger says it must be. */
        get: operations["get_staff_stock_list_movements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the second factor off; needs the password and a code, which may be a recovery code. */
        post: operations["post_second_factor_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order with all that happened to it. */
        get: operations["get_staff_orders_get_order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{cart_id}/checkout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn a cart into an order with reserved stock; needs an Idempotency-Key.
         * @description Answers with the order and its access token. 409 if a product lacks units or the code does not
         *     hold: nothing is reserved. The price is the server's; a body that names one is refused.
         */
        post: operations["post_carts_checkout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order that has not been shipped and release its stock.
         * @description What was paid is refunded. A second call changes nothing.
         */
        post: operations["post_orders_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turn the second factor on; all other sessions of the account end. */
        post: operations["post_second_factor_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask to send units of a shipped order back; staff accept or refuse. */
        post: operations["post_orders_ask_return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start to pay an order; needs an Idempotency-Key.
         * @description Answers with the address of the page on which to pay, which sends the shopper back to the order.
         *     One page at a time: a second call before the first page is done with answers with the same, in
         *     the language asked for now if the provider can change it. After a decline the stock is reserved
         *     again. 409 if that or the order's status does not allow it; 503 if the payment provider is
         *     unavailable: repeat the same call.
         */
        post: operations["post_payments_pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Consume a reset link: set the password, and end all sessions of the account. */
        post: operations["post_accounts_reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{cart_id}/items/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the units of a product in a cart; answers with the cart. */
        put: operations["put_carts_change_item"];
        post?: never;
        /** Take a product out of a cart; answers with the cart. */
        delete: operations["delete_carts_remove_item"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/mails/{mail_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a mail that was given up into the queue again, once its cause is gone. */
        post: operations["post_staff_mails_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Give an account a role; its sessions end with the old one. */
        patch: operations["patch_staff_accounts_set_role"];
        trace?: never;
    };
    "/api/v1/staff/orders/{order_id}/ship": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ship a paid order. */
        post: operations["post_staff_orders_ship_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/orders/{order_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel an order that has not been shipped; what was paid is refunded. */
        post: operations["post_staff_orders_cancel_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/orders/{order_id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refund units; the last of them include the shipping. Answers with the order. */
        post: operations["post_staff_orders_refund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/returns/{return_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the customer send the units back. */
        post: operations["post_staff_returns_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/returns/{return_id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuse to take the units back. */
        post: operations["post_staff_returns_refuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/returns/{return_id}/receive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Receive the units of an accepted return, and refund them. */
        post: operations["post_staff_returns_receive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/accounts/{account_id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take the second factor off an account whose owner has lost it; they are notified by mail. */
        delete: operations["delete_staff_accounts_remove_lost_factor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/payments/{payment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a payment stands: pending, succeeded or failed, and why it failed. */
        get: operations["get_payments_get_payment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AcceptedEvents
         * @description Events that Kafka has acknowledged.
         */
        AcceptedEvents: {
            accepted: number;
            event_ids: string[];
        };
        /**
         * Account
         * @description An account, for its owner; `second_factor` says whether a login needs a code as well.
         */
        Account: {
            /** Format: uuid */
            account_id: string;
            email: string;
            name: string;
            /** @enum {string} */
            language: "fr" | "en";
            role: components["schemas"]["Role"];
            second_factor: boolean;
        };
        /**
         * AccountRecord
         * @description An account of the shop.
         */
        AccountRecord: {
            /** Format: uuid */
            account_id: string;
            email: string;
            name: string;
            role: components["schemas"]["Role"];
        };
        /**
         * Address
         * @description Where the order goes.
         */
        Address: {
            /** @example 1 rue de la Paix */
            line1: string;
            /** @default null */
            line2?: string | null;
            /** @example 75002 */
            postal_code: string;
            /** @example Paris */
            city: string;
        };
        /**
         * AddressRecord
         * @description Where the order goes.
         */
        AddressRecord: {
            line1: string;
            line2: string | null;
            postal_code: string;
            city: string;
        };
        /**
         * Alert
         * @description A stock alert.
         */
        Alert: {
            alert_id: string;
            /** @enum {string} */
            kind: "low_stock" | "sold_out" | "recovered";
            sku: string;
            product_name: string;
            available: number;
            reorder_point: number;
            stock_version: number;
            /** Format: date-time */
            stock_changed_at: string;
            /** Format: date-time */
            raised_at: string;
            latency_ms: number;
        };
        /**
         * Alerts
         * @description The latest stock alerts.
         */
        Alerts: {
            items: components["schemas"]["Alert"][];
        };
        /**
         * AppSecretRecord
         * @description What an authenticator app needs: the secret to type, or its address as a QR code.
         */
        AppSecretRecord: {
            /** @description Base32. */
            secret: string;
            /** @description An `otpauth:` address. */
            address: string;
        };
        /**
         * AuditPage
         * @description A page of the audit log, newest first.
         */
        AuditPage: {
            items: components["schemas"]["AuditRecord"][];
            /** @description `after` of the next page; null at the end. */
            next: string | null;
        };
        /**
         * AuditRecord
         * @description One change: who did what to what, and how it looked before and after.
         */
        AuditRecord: {
            entry: number;
            /** Format: date-time */
            at: string;
            actor: string;
            action: string;
            subject: string;
            before: {
                [key: string]: unknown;
            } | null;
            after: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * Availabilities
         * @description What is left of several products.
         */
        Availabilities: {
            items: components["schemas"]["Availability"][];
        };
        /**
         * Availability
         * @description What is left of a product; `version` numbers the changes of its stock, without a gap.
         */
        Availability: {
            sku: string;
            available: number;
            /** @enum {string} */
            stock_state: "in_stock" | "low" | "sold_out";
            reorder_point: number;
            version: number;
        };
        /**
         * BrokenRule
         * @description One rule that a request breaks, and where.
         */
        BrokenRule: {
            /** @description JSON Pointer into the body or the query. */
            pointer: string;
            detail: string;
        };
        /**
         * BrowsingEvents
         * @description What a browser collected; a single event may also come without the list around it.
         */
        BrowsingEvents: {
            events: (components["schemas"]["ViewedEvent"] | components["schemas"]["SearchedEvent"])[];
        };
        /**
         * BusinessDay
         * @description A business day, with the value of each indicator by its id: a count, or a decimal string.
         */
        BusinessDay: {
            /** Format: date */
            day: string;
        } & {
            [key: string]: `${number}` | number | null;
        };
        /**
         * Cancellation
         * @description Why, in the customer's words.
         */
        Cancellation: {
            /** @default null */
            reason?: string | null;
        };
        /**
         * Cart
         * @description A cart with what it would cost now.
         */
        Cart: {
            /** Format: uuid */
            cart_id: string;
            /** @enum {string} */
            status: "open" | "checked_out" | "merged";
            /** @example EUR */
            currency: string;
            items: components["schemas"]["CartItem"][];
            items_count: number;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            total: `${number}`;
        };
        /**
         * CartItem
         * @description A product in a cart, at today's price.
         */
        CartItem: {
            sku: string;
            name: string;
            image: string;
            quantity: number;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            unit_price: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            amount: `${number}`;
            available: number;
            /** @enum {string} */
            stock_state: "in_stock" | "low" | "sold_out";
        };
        /**
         * Categories
         * @description All categories.
         */
        Categories: {
            items: components["schemas"]["Category"][];
        };
        /**
         * Category
         * @description A category with the number of its products.
         */
        Category: {
            category: string;
            label: string;
            products: number;
        };
        /**
         * Checkout
         * @description Who orders, and how it is sent. `country` is an ISO 3166-1 alpha-2 code.
         */
        Checkout: {
            /**
             * Format: email
             * @example zoe@example.org
             */
            email: string;
            /**
             * @description Letters, spaces, dots, apostrophes, hyphens; no link.
             * @example Zoé Martin
             */
            name: string;
            address: components["schemas"]["Address"];
            /** @example FR */
            country: string;
            /** @default null */
            phone?: string | null;
            /**
             * @default standard
             * @enum {string}
             */
            shipping_method?: "standard" | "express" | "pickup";
            /** @default null */
            promo_code?: string | null;
            /**
             * @default fr
             * @enum {string}
             */
            language?: "fr" | "en";
        };
        /**
         * Count
         * @description Units that were counted in the warehouse, and why the count was made.
         */
        Count: {
            on_hand: number;
            /** @example Inventory of November */
            reason: string;
        };
        /**
         * CustomerRecord
         * @description A customer with what they have paid for; `spent` is less what was paid back.
         *
         *     `account_id` and `role` are null for who has no account; `second_factor` says whether a login
         *     to it needs a code as well.
         */
        CustomerRecord: {
            customer_id: string;
            email: string | null;
            name: string | null;
            country: string | null;
            account_id: string | null;
            role: components["schemas"]["Role"] | null;
            second_factor: boolean;
            /** Format: date-time */
            created_at: string;
            orders: number;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            spent: `${number}`;
            currency: string;
            last_paid_at: string | null;
        };
        /**
         * Customers
         * @description A page of the customers.
         */
        Customers: {
            items: components["schemas"]["CustomerRecord"][];
            /** @description `after` of the next page; null at the end. */
            next: string | null;
        };
        /**
         * Decision
         * @description What the shop says to it, for the audit log.
         */
        Decision: {
            /** @default null */
            note?: string | null;
        };
        /**
         * Deletion
         * @description The present password: so nobody can delete the account from a browser left open.
         */
        Deletion: {
            /** @example trois chats au soleil */
            password: string;
        };
        /**
         * FailedMailRecord
         * @description A mail that was given up; `last_error` says why.
         */
        FailedMailRecord: {
            /** Format: uuid */
            mail_id: string;
            template: string;
            recipient: string;
            last_error: string | null;
            attempts: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            failed_at: string;
        };
        /**
         * FailedMails
         * @description A page of the mails that were given up, the last one first.
         */
        FailedMails: {
            items: components["schemas"]["FailedMailRecord"][];
            /** @description `after` of the next page; null at the end. */
            next: string | null;
        };
        /**
         * FirstCode
         * @description A code of the app that was set up.
         */
        FirstCode: {
            /** @example 492039 */
            code: string;
        };
        /**
         * Health
         * @description A health check.
         */
        Health: {
            /** @constant */
            status: "ok";
        };
        /**
         * HistoryRecord
         * @description A status that the order came to, and by whom.
         */
        HistoryRecord: {
            /** Format: date-time */
            at: string;
            status: components["schemas"]["OrderStatus"];
            by: string;
            note: string | null;
        };
        /**
         * Indicator
         * @description What an indicator means, and how to show it.
         *
         *     `additive`: the values of several days may be added up. `when_empty`: what a day without sales
         *     has.
         */
        Indicator: {
            id: string;
            label_fr: string;
            label_en: string;
            /** @enum {string} */
            unit: "money" | "count" | "ratio";
            description: string;
            /** @enum {string} */
            better: "up" | "down";
            additive: boolean;
            /** @enum {string} */
            when_empty: "zero" | "null";
        };
        /**
         * Indicators
         * @description A period's business days, each with its day and the value of each indicator.
         */
        Indicators: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @example EUR */
            currency: string;
            kpis: components["schemas"]["Indicator"][];
            days: components["schemas"]["BusinessDay"][];
        };
        /**
         * ItemQuantity
         * @description Units that a cart is to hold of a product.
         */
        ItemQuantity: {
            quantity: number;
        };
        /**
         * Lacking
         * @description A product that has fewer units than were asked for.
         */
        Lacking: {
            sku: string;
            requested: number;
            available: number;
        };
        /**
         * LedgerRecord
         * @description The same, recomputed from the movements alone.
         */
        LedgerRecord: {
            on_hand: number;
            available: number;
            version: number;
        };
        /**
         * LevelRecord
         * @description What is left of a product; `version` numbers the movements of its stock, without a gap.
         */
        LevelRecord: {
            sku: string;
            on_hand: number;
            reserved: number;
            available: number;
            reorder_point: number;
            version: number;
        };
        /**
         * LineRecord
         * @description A line; `discount` is its share of the order's, `returnable` what can be sent back.
         */
        LineRecord: {
            line_number: number;
            sku: string;
            name: string;
            image: string;
            quantity: number;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            unit_price: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            amount: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            discount: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            vat_rate: `${number}`;
            returnable: number;
        };
        /**
         * LineUnits
         * @description Units of one of an order's lines.
         */
        LineUnits: {
            line_number: number;
            quantity: number;
        };
        /**
         * Login
         * @description `code` is for an account with a second factor.
         *
         *     `cart_id` is the cart that was filled before the login; it is merged into the account's.
         */
        Login: {
            /**
             * Format: email
             * @example zoe@example.org
             */
            email: string;
            /** @example trois chats au soleil */
            password: string;
            /** @default null */
            code?: string | null;
            /** @default null */
            cart_id?: string | null;
        };
        /**
         * MailSent
         * @description What is answered whether or not the address has an account.
         */
        MailSent: {
            detail: string;
        };
        /**
         * MovementRecord
         * @description One movement; `quantity` is the signed change of the units for sale.
         */
        MovementRecord: {
            version: number;
            /** @enum {string} */
            reason: "sale" | "release" | "reservation" | "restock" | "count" | "return" | "adjustment";
            reference: string | null;
            quantity: number;
            available_before: number;
            available_after: number;
            on_hand_before: number;
            on_hand_after: number;
            /** Format: date-time */
            occurred_at: string;
            /** Format: uuid */
            event_id: string;
            actor: string;
            note: string | null;
        };
        /**
         * Movements
         * @description A page of a product's ledger, newest first, and its stock by both accounts.
         */
        Movements: {
            items: components["schemas"]["MovementRecord"][];
            /** @description `after` of the next page; null at the end. */
            next: string | null;
            stock: components["schemas"]["LevelRecord"];
            ledger: components["schemas"]["LedgerRecord"];
        };
        /**
         * NewCart
         * @description `session_id` ties the cart to the browsing session; the browser makes it.
         */
        NewCart: {
            /** @default null */
            session_id?: string | null;
        };
        /**
         * NewItem
         * @description Units to add to a cart.
         */
        NewItem: {
            /** @example CUI-001 */
            sku: string;
            /** @default 1 */
            quantity?: number;
        };
        /**
         * NewPayment
         * @description Nothing but the language of the payment page; amount and order are the server's.
         */
        NewPayment: {
            /** @default null */
            language?: ("fr" | "en") | null;
        };
        /**
         * NewProduct
         * @description A product to add; it has no units until it is restocked.
         */
        NewProduct: {
            /** @example CUI-001 */
            sku: string;
            /** @example Théière en fonte */
            name: string;
            /**
             * @description Null or empty: the French one is shown.
             * @default null
             */
            name_en?: string | null;
            /** @default  */
            description?: string;
            /**
             * @description Null or empty: the French one is shown.
             * @default null
             */
            description_en?: string | null;
            /** @example Cuisine */
            category: string;
            /**
             * @description For sale: a whole number of the currency's smallest unit, one at least.
             * @example 29.90
             */
            price: number | string;
            /** @default 0 */
            reorder_point?: number;
            /** @default true */
            active?: boolean;
        };
        /**
         * NewPromotion
         * @description A code to make. `value` is per cent (up to 90) or an amount (below `minimum`).
         * @example {
         *       "code": "AUTUMN10",
         *       "kind": "percent",
         *       "label": "10 % off",
         *       "value": "10.00"
         *     }
         */
        NewPromotion: {
            code: string;
            label: string;
            /** @enum {string} */
            kind: "percent" | "amount" | "free_shipping";
            /** @default 0 */
            value?: number | string;
            /** @default 0 */
            minimum?: number | string;
            /** @default null */
            starts_at?: string | null;
            /** @default null */
            ends_at?: string | null;
            /** @default null */
            max_uses?: number | null;
            /** @default false */
            once_per_customer?: boolean;
            /** @default true */
            active?: boolean;
        };
        /**
         * NewSecondFactor
         * @description The present password.
         */
        NewSecondFactor: {
            /** @example trois chats au soleil */
            password: string;
        };
        /**
         * OrderHistory
         * @description One page of an account's orders, newest first.
         */
        OrderHistory: {
            items: components["schemas"]["OrderSummary"][];
            next: string | null;
        };
        /**
         * OrderRecord
         * @description An order: total = gross − discount + shipping + tax; `vat_included` is contained in it.
         */
        OrderRecord: {
            /** Format: uuid */
            order_id: string;
            order_number: string;
            status: components["schemas"]["OrderStatus"];
            currency: string;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            gross: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            discount: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            shipping: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            tax: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            total: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            vat_included: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            refunded: `${number}`;
            /** @enum {string} */
            shipping_method: "standard" | "express" | "pickup";
            tracking: string | null;
            promotion: components["schemas"]["PromotionRecord"] | null;
            lines: components["schemas"]["LineRecord"][];
            recipient: components["schemas"]["RecipientRecord"];
            /** @enum {string} */
            language: "fr" | "en";
            /** Format: date-time */
            placed_at: string;
            paid_at: string | null;
            shipped_at: string | null;
            cancelled_at: string | null;
            expires_at: string | null;
            payments: components["schemas"]["PaymentRecord"][];
            refunds: components["schemas"]["RefundRecord"][];
            returns: components["schemas"]["ReturnRecord"][];
            history: components["schemas"]["HistoryRecord"][];
            can: components["schemas"]["Possible"];
        };
        /**
         * OrderStatus
         * @description Where an order stands.
         * @enum {string}
         */
        OrderStatus: "pending_payment" | "payment_failed" | "paid" | "shipped" | "cancelled" | "refunded";
        /**
         * OrderSummary
         * @description An order in a list.
         */
        OrderSummary: {
            /** Format: uuid */
            order_id: string;
            order_number: string;
            status: components["schemas"]["OrderStatus"];
            /** @example EUR */
            currency: string;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            total: `${number}`;
            items_count: number;
            /** Format: date-time */
            placed_at: string;
        };
        /**
         * PasswordChange
         * @description The present password, and the one to come.
         */
        PasswordChange: {
            /** @example trois chats au soleil */
            current: string;
            /** @example quatre chats sous la pluie */
            new: string;
        };
        /**
         * Payment
         * @description How a payment stands; `refund` is for money that came too late or twice and is refunded.
         */
        Payment: {
            /** Format: uuid */
            payment_id: string;
            status: components["schemas"]["PaymentStatus"];
            reason: string | null;
            refund: ("due" | "done") | null;
        };
        /**
         * PaymentRecord
         * @description An attempt to pay.
         */
        PaymentRecord: {
            /** Format: uuid */
            payment_id: string;
            status: components["schemas"]["PaymentStatus"];
            provider: string;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * PaymentStatus
         * @description Where a payment stands, at the shop and at the provider.
         * @enum {string}
         */
        PaymentStatus: "pending" | "succeeded" | "failed";
        /**
         * PlacedOrderRecord
         * @description A new order, with the token that opens it without an account.
         */
        PlacedOrderRecord: {
            /** Format: uuid */
            order_id: string;
            order_number: string;
            status: components["schemas"]["OrderStatus"];
            currency: string;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            gross: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            discount: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            shipping: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            tax: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            total: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            vat_included: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            refunded: `${number}`;
            /** @enum {string} */
            shipping_method: "standard" | "express" | "pickup";
            tracking: string | null;
            promotion: components["schemas"]["PromotionRecord"] | null;
            lines: components["schemas"]["LineRecord"][];
            recipient: components["schemas"]["RecipientRecord"];
            /** @enum {string} */
            language: "fr" | "en";
            /** Format: date-time */
            placed_at: string;
            paid_at: string | null;
            shipped_at: string | null;
            cancelled_at: string | null;
            expires_at: string | null;
            payments: components["schemas"]["PaymentRecord"][];
            refunds: components["schemas"]["RefundRecord"][];
            returns: components["schemas"]["ReturnRecord"][];
            history: components["schemas"]["HistoryRecord"][];
            can: components["schemas"]["Possible"];
            access_token: string;
        };
        /**
         * Possible
         * @description What may be done with the order now.
         */
        Possible: {
            cancel: boolean;
            pay: boolean;
            return: boolean;
        };
        /**
         * Problem
         * @description Problem details (RFC 9457). A type may add members of its own.
         */
        Problem: {
            /** @description What went wrong. */
            type: string;
            title: string;
            status: number;
            /** @description What went wrong this time, for a person. */
            detail: string;
            /** @description With `invalid-request` only. */
            errors?: components["schemas"]["BrokenRule"][];
            /** @description With `out-of-stock` only. */
            shortages?: components["schemas"]["Lacking"][];
            /** @description With `promotion-refused` and `password-refused` only: which rule. */
            reason?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * Product
         * @description A product of the catalogue.
         */
        Product: {
            sku: string;
            name: string;
            description: string;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            price: `${number}`;
            /** @example EUR */
            currency: string;
            available: number;
            /** @enum {string} */
            stock_state: "in_stock" | "low" | "sold_out";
            /** @description To filter by; the same in every language. */
            category: string;
            category_label: string;
            image: string;
            /**
             * Format: decimal
             * @example 0.20
             */
            vat_rate: `${number}`;
        };
        /**
         * ProductChange
         * @description What to change of a product; the rest stays. A null takes an English text away.
         */
        ProductChange: {
            /** @default null */
            name?: string | null;
            /**
             * @description Null or empty: the French one is shown.
             * @default null
             */
            name_en?: string | null;
            /** @default null */
            description?: string | null;
            /**
             * @description Null or empty: the French one is shown.
             * @default null
             */
            description_en?: string | null;
            /** @default null */
            category?: string | null;
            /** @default null */
            price?: (number | string) | null;
            /** @default null */
            reorder_point?: number | null;
            /** @default null */
            active?: boolean | null;
        };
        /**
         * ProductPage
         * @description A page of the catalogue.
         */
        ProductPage: {
            items: components["schemas"]["Product"][];
            /** @description `after` of the next page; null at the end. */
            next: string | null;
            total: number;
        };
        /**
         * ProductRecord
         * @description A product of the range with its stock.
         */
        ProductRecord: {
            sku: string;
            name: string;
            name_en: string | null;
            description: string;
            description_en: string | null;
            category: string;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            price: `${number}`;
            currency: string;
            /** @enum {string} */
            kind: "product" | "service";
            image: string;
            active: boolean;
            /** @description Why shoppers neither see nor buy it: a service, a price that cannot be paid, or withdrawn; null: they do. */
            not_for_sale: ("service" | "price" | "withdrawn") | null;
            on_hand: number;
            reserved: number;
            available: number;
            reorder_point: number;
            version: number;
            /** @enum {string} */
            stock_state: "in_stock" | "low" | "sold_out";
        };
        /**
         * Profile
         * @description What an account may change of itself; what is missing stays.
         */
        Profile: {
            /** @default null */
            name?: string | null;
            /** @default null */
            language?: ("fr" | "en") | null;
        };
        /**
         * PromotionDetails
         * @description A code with how often it was used; its amounts are in the shop's currency.
         */
        PromotionDetails: {
            code: string;
            label: string;
            /** @enum {string} */
            kind: "percent" | "amount" | "free_shipping";
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            value: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            minimum: `${number}`;
            currency: string;
            starts_at: string | null;
            ends_at: string | null;
            max_uses: number | null;
            uses: number;
            once_per_customer: boolean;
            active: boolean;
        };
        /**
         * PromotionRecord
         * @description A promotion that holds.
         */
        PromotionRecord: {
            code: string;
            label: string;
        };
        /**
         * Promotions
         * @description Every promotion, the newest first: `next` is always null.
         */
        Promotions: {
            items: components["schemas"]["PromotionDetails"][];
            /** @description `after` of the next page; null at the end. */
            next: string | null;
        };
        /**
         * QuoteRecord
         * @description What a cart would cost; `vat_included` is contained in the total.
         */
        QuoteRecord: {
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            gross: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            discount: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            shipping: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            vat_included: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            total: `${number}`;
            currency: string;
            promotion: components["schemas"]["PromotionRecord"] | null;
            promotion_refused: ("unknown" | "expired" | "minimum" | "used_up" | "already_used") | null;
        };
        /**
         * QuoteRequest
         * @description What a cart would cost sent there, in this way, with this code.
         */
        QuoteRequest: {
            /**
             * @default FR
             * @example FR
             */
            country?: string;
            /**
             * @default standard
             * @enum {string}
             */
            shipping_method?: "standard" | "express" | "pickup";
            /** @default null */
            promo_code?: string | null;
        };
        /**
         * Receipt
         * @description Whether the units return to stock.
         */
        Receipt: {
            /** @default true */
            restock?: boolean;
        };
        /**
         * RecipientRecord
         * @description Who ordered, and where it goes.
         */
        RecipientRecord: {
            name: string;
            email: string;
            phone: string | null;
            address: components["schemas"]["AddressRecord"];
            country: string;
        };
        /**
         * RecoveryCodesRecord
         * @description Codes that open the account once each, for when the app is lost. They are not shown again.
         */
        RecoveryCodesRecord: {
            recovery_codes: string[];
        };
        /**
         * RefundLineRecord
         * @description Units of one of the order's lines that were paid back.
         */
        RefundLineRecord: {
            line_number: number;
            quantity: number;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            amount: `${number}`;
        };
        /**
         * RefundRecord
         * @description Money that goes back; `shipping` is the part of `amount` that is not for the lines.
         */
        RefundRecord: {
            /** Format: uuid */
            refund_id: string;
            refund_number: string;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            amount: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            shipping: `${number}`;
            reason: string;
            /** Format: date-time */
            created_at: string;
            lines: components["schemas"]["RefundLineRecord"][];
        };
        /**
         * RefundRequest
         * @description Units to refund; `restock` returns them to stock.
         */
        RefundRequest: {
            lines: components["schemas"]["LineUnits"][];
            reason: string;
            restock: boolean;
        };
        /**
         * Registration
         * @description Somebody who wants an account; `language` is that of the mails to come.
         */
        Registration: {
            /**
             * Format: email
             * @example zoe@example.org
             */
            email: string;
            /** @example quatre chats sous la pluie */
            password: string;
            /**
             * @description Letters, spaces, dots, apostrophes, hyphens; no link.
             * @example Zoé Martin
             */
            name: string;
            /**
             * @default fr
             * @enum {string}
             */
            language?: "fr" | "en";
        };
        /**
         * Reset
         * @description The token of a reset link, and the password to set.
         */
        Reset: {
            token: string;
            /** @example quatre chats sous la pluie */
            password: string;
        };
        /**
         * ResetRequest
         * @description Whose password was forgotten.
         */
        ResetRequest: {
            /**
             * Format: email
             * @example zoe@example.org
             */
            email: string;
        };
        /**
         * Restock
         * @description New units, and where they come from.
         */
        Restock: {
            quantity: number;
            /** @example Delivery 4711 */
            reason: string;
        };
        /**
         * RetriedMail
         * @description A mail that is in the queue again.
         */
        RetriedMail: {
            /** Format: uuid */
            mail_id: string;
        };
        /**
         * Retry
         * @description Nothing to say.
         */
        Retry: Record<string, never>;
        /**
         * ReturnLineRecord
         * @description Units of one of the order's lines.
         */
        ReturnLineRecord: {
            line_number: number;
            quantity: number;
        };
        /**
         * ReturnRecord
         * @description Units that the customer sends back.
         */
        ReturnRecord: {
            /** Format: uuid */
            return_id: string;
            status: components["schemas"]["ReturnStatus"];
            reason: string;
            /** Format: date-time */
            requested_at: string;
            decided_at: string | null;
            received_at: string | null;
            lines: components["schemas"]["ReturnLineRecord"][];
        };
        /**
         * ReturnRequest
         * @description Units to send back.
         */
        ReturnRequest: {
            lines: components["schemas"]["LineUnits"][];
            reason: string;
        };
        /**
         * ReturnStatus
         * @description Where a return stands.
         * @enum {string}
         */
        ReturnStatus: "requested" | "accepted" | "refused" | "received";
        /**
         * Role
         * @description What an account may do; each role may do all that the ones before it may.
         * @enum {string}
         */
        Role: "customer" | "manager" | "admin";
        /**
         * RoleChange
         * @description What the account may do from now on.
         */
        RoleChange: {
            /** @example manager */
            role: components["schemas"]["Role"];
        };
        /**
         * Searched
         * @description Payload of product_searched.
         */
        Searched: {
            /** Format: uuid */
            session_id: string;
            /** @default null */
            customer_id?: null;
            query: string;
            results_count: number;
            /** @enum {string} */
            language: "fr" | "en";
        };
        /**
         * SearchedEvent
         * @description A search was answered.
         */
        SearchedEvent: {
            /** @default null */
            event_id?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            event_type: "product_searched";
            payload: components["schemas"]["Searched"];
        };
        /**
         * SecondFactorRemoval
         * @description The present password, and a code.
         */
        SecondFactorRemoval: {
            /** @example trois chats au soleil */
            password: string;
            /** @example 492039 */
            code: string;
        };
        /**
         * Session
         * @description Who is logged in, all null for a guest; `csrf_token` goes with every unsafe call.
         */
        Session: {
            account: components["schemas"]["Account"] | null;
            csrf_token: string | null;
            cart_id: string | null;
        };
        /**
         * Shipment
         * @description `tracking` is the carrier's number.
         */
        Shipment: {
            /** @default null */
            tracking?: string | null;
        };
        /**
         * ShippingRecord
         * @description A way to get an order; free from goods of `free_from` after discount, unless that is null.
         */
        ShippingRecord: {
            /** @enum {string} */
            code: "standard" | "express" | "pickup";
            label_fr: string;
            label_en: string;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            price: `${number}`;
            free_from: `${number}` | null;
            days_min: number;
            days_max: number;
        };
        /**
         * ShippingRecords
         * @description The ways to get an order to a country.
         */
        ShippingRecords: {
            items: components["schemas"]["ShippingRecord"][];
        };
        /**
         * StaffCancellation
         * @description Why the order is cancelled.
         */
        StaffCancellation: {
            /** @example The customer ordered twice */
            reason: string;
        };
        /**
         * StaffOrderRecord
         * @description An order in a list.
         */
        StaffOrderRecord: {
            /** Format: uuid */
            order_id: string;
            order_number: string;
            status: components["schemas"]["OrderStatus"];
            name: string;
            email: string;
            country: string;
            items_count: number;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            total: `${number}`;
            /**
             * Format: decimal
             * @description A decimal string.
             * @example 18.00
             */
            refunded: `${number}`;
            currency: string;
            /** Format: date-time */
            placed_at: string;
            paid_at: string | null;
        };
        /**
         * StaffOrders
         * @description A page of the shop's orders, newest first.
         */
        StaffOrders: {
            items: components["schemas"]["StaffOrderRecord"][];
            /** @description `after` of the next page; null at the end. */
            next: string | null;
        };
        /**
         * StaffProducts
         * @description A page of the range by sku.
         */
        StaffProducts: {
            items: components["schemas"]["ProductRecord"][];
            /** @description `after` of the next page; null at the end. */
            next: string | null;
        };
        /**
         * StaffReturnRecord
         * @description A return, with the order that it is of.
         */
        StaffReturnRecord: {
            /** Format: uuid */
            return_id: string;
            status: components["schemas"]["ReturnStatus"];
            reason: string;
            /** Format: date-time */
            requested_at: string;
            decided_at: string | null;
            received_at: string | null;
            lines: components["schemas"]["ReturnLineRecord"][];
            /** Format: uuid */
            order_id: string;
            order_number: string;
        };
        /**
         * StaffReturns
         * @description A page of the returns, newest first.
         */
        StaffReturns: {
            items: components["schemas"]["StaffReturnRecord"][];
            /** @description `after` of the next page; null at the end. */
            next: string | null;
        };
        /**
         * StartedPayment
         * @description A payment, and the page of the provider on which to pay it.
         */
        StartedPayment: {
            /** Format: uuid */
            payment_id: string;
            status: components["schemas"]["PaymentStatus"];
            redirect_url: string;
        };
        /**
         * Verification
         * @description The token of a verification link, and the password of the registration it belongs to.
         */
        Verification: {
            token: string;
            /** @example trois chats au soleil */
            password: string;
        };
        /**
         * Viewed
         * @description Payload of product_viewed; guests have no customer.
         */
        Viewed: {
            /** Format: uuid */
            session_id: string;
            /** @default null */
            customer_id?: null;
            /** @example CUI-001 */
            sku: string;
            /** @enum {string} */
            language: "fr" | "en";
        };
        /**
         * ViewedEvent
         * @description A product page was opened. `event_id` lets a browser send it again without counting twice.
         */
        ViewedEvent: {
            /** @default null */
            event_id?: string | null;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            event_type: "product_viewed";
            payload: components["schemas"]["Viewed"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AcceptedEvents = components['schemas']['AcceptedEvents'];
export type Account = components['schemas']['Account'];
export type AccountRecord = components['schemas']['AccountRecord'];
export type Address = components['schemas']['Address'];
export type AddressRecord = components['schemas']['AddressRecord'];
export type Alert = components['schemas']['Alert'];
export type Alerts = components['schemas']['Alerts'];
export type AppSecretRecord = components['schemas']['AppSecretRecord'];
export type AuditPage = components['schemas']['AuditPage'];
export type AuditRecord = components['schemas']['AuditRecord'];
export type Availabilities = components['schemas']['Availabilities'];
export type Availability = components['schemas']['Availability'];
export type BrokenRule = components['schemas']['BrokenRule'];
export type BrowsingEvents = components['schemas']['BrowsingEvents'];
export type BusinessDay = components['schemas']['BusinessDay'];
export type Cancellation = components['schemas']['Cancellation'];
export type Cart = components['schemas']['Cart'];
export type CartItem = components['schemas']['CartItem'];
export type Categories = components['schemas']['Categories'];
export type Category = components['schemas']['Category'];
export type Checkout = components['schemas']['Checkout'];
export type Count = components['schemas']['Count'];
export type CustomerRecord = components['schemas']['CustomerRecord'];
export type Customers = components['schemas']['Customers'];
export type Decision = components['schemas']['Decision'];
export type Deletion = components['schemas']['Deletion'];
export type FailedMailRecord = components['schemas']['FailedMailRecord'];
export type FailedMails = components['schemas']['FailedMails'];
export type FirstCode = components['schemas']['FirstCode'];
export type Health = components['schemas']['Health'];
export type HistoryRecord = components['schemas']['HistoryRecord'];
export type Indicator = components['schemas']['Indicator'];
export type Indicators = components['schemas']['Indicators'];
export type ItemQuantity = components['schemas']['ItemQuantity'];
export type Lacking = components['schemas']['Lacking'];
export type LedgerRecord = components['schemas']['LedgerRecord'];
export type LevelRecord = components['schemas']['LevelRecord'];
export type LineRecord = components['schemas']['LineRecord'];
export type LineUnits = components['schemas']['LineUnits'];
export type Login = components['schemas']['Login'];
export type MailSent = components['schemas']['MailSent'];
export type MovementRecord = components['schemas']['MovementRecord'];
export type Movements = components['schemas']['Movements'];
export type NewCart = components['schemas']['NewCart'];
export type NewItem = components['schemas']['NewItem'];
export type NewPayment = components['schemas']['NewPayment'];
export type NewProduct = components['schemas']['NewProduct'];
export type NewPromotion = components['schemas']['NewPromotion'];
export type NewSecondFactor = components['schemas']['NewSecondFactor'];
export type OrderHistory = components['schemas']['OrderHistory'];
export type OrderRecord = components['schemas']['OrderRecord'];
export type OrderStatus = components['schemas']['OrderStatus'];
export type OrderSummary = components['schemas']['OrderSummary'];
export type PasswordChange = components['schemas']['PasswordChange'];
export type Payment = components['schemas']['Payment'];
export type PaymentRecord = components['schemas']['PaymentRecord'];
export type PaymentStatus = components['schemas']['PaymentStatus'];
export type PlacedOrderRecord = components['schemas']['PlacedOrderRecord'];
export type Possible = components['schemas']['Possible'];
export type Problem = components['schemas']['Problem'];
export type Product = components['schemas']['Product'];
export type ProductChange = components['schemas']['ProductChange'];
export type ProductPage = components['schemas']['ProductPage'];
export type ProductRecord = components['schemas']['ProductRecord'];
export type Profile = components['schemas']['Profile'];
export type PromotionDetails = components['schemas']['PromotionDetails'];
export type PromotionRecord = components['schemas']['PromotionRecord'];
export type Promotions = components['schemas']['Promotions'];
export type QuoteRecord = components['schemas']['QuoteRecord'];
export type QuoteRequest = components['schemas']['QuoteRequest'];
export type Receipt = components['schemas']['Receipt'];
export type RecipientRecord = components['schemas']['RecipientRecord'];
export type RecoveryCodesRecord = components['schemas']['RecoveryCodesRecord'];
export type RefundLineRecord = components['schemas']['RefundLineRecord'];
export type RefundRecord = components['schemas']['RefundRecord'];
export type RefundRequest = components['schemas']['RefundRequest'];
export type Registration = components['schemas']['Registration'];
export type Reset = components['schemas']['Reset'];
export type ResetRequest = components['schemas']['ResetRequest'];
export type Restock = components['schemas']['Restock'];
export type RetriedMail = components['schemas']['RetriedMail'];
export type Retry = components['schemas']['Retry'];
export type ReturnLineRecord = components['schemas']['ReturnLineRecord'];
export type ReturnRecord = components['schemas']['ReturnRecord'];
export type ReturnRequest = components['schemas']['ReturnRequest'];
export type ReturnStatus = components['schemas']['ReturnStatus'];
export type Role = components['schemas']['Role'];
export type RoleChange = components['schemas']['RoleChange'];
export type Searched = components['schemas']['Searched'];
export type SearchedEvent = components['schemas']['SearchedEvent'];
export type SecondFactorRemoval = components['schemas']['SecondFactorRemoval'];
export type Session = components['schemas']['Session'];
export type Shipment = components['schemas']['Shipment'];
export type ShippingRecord = components['schemas']['ShippingRecord'];
export type ShippingRecords = components['schemas']['ShippingRecords'];
export type StaffCancellation = components['schemas']['StaffCancellation'];
export type StaffOrderRecord = components['schemas']['StaffOrderRecord'];
export type StaffOrders = components['schemas']['StaffOrders'];
export type StaffProducts = components['schemas']['StaffProducts'];
export type StaffReturnRecord = components['schemas']['StaffReturnRecord'];
export type StaffReturns = components['schemas']['StaffReturns'];
export type StartedPayment = components['schemas']['StartedPayment'];
export type Verification = components['schemas']['Verification'];
export type Viewed = components['schemas']['Viewed'];
export type ViewedEvent = components['schemas']['ViewedEvent'];
export type $defs = Record<string, never>;
export interface operations {
    get_indicators_list_kpis: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A period's business days, each with its day and the value of each indicator. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Indicators"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_catalogue_list_stock: {
        parameters: {
            query: {
                /** @description Up to 50 skus, separated by commas. */
                skus: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is left of several products. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Availabilities"];
                };
            };
            /** @description What you have is what there is */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_carts_open_cart: {
        parameters: {
            query?: {
                /** @description Language of names, descriptions and labels. */
                lang?: "fr" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewCart"];
            };
        };
        responses: {
            /** @description A cart with what it would cost now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_browsing_collect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BrowsingEvents"];
            };
        };
        responses: {
            /** @description Events that Kafka has acknowledged. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedEvents"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/kafka-unavailable`: Kafka has not acknowledged in time; nothing may be assumed about the event. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_indicators_list_alerts: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest stock alerts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alerts"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_accounts_show_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An account, for its owner; `second_factor` says whether a login needs a code as well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_accounts_delete_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Deletion"];
            };
        };
        responses: {
            /** @description Successful response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. `/problems/login-failed`: E-mail and password do not belong together; nothing says which of them is wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/last-admin`: Without this administrator the shop would have none. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/too-many-requests`: The caller has to wait before it tries again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_accounts_change_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Profile"];
            };
        };
        responses: {
            /** @description An account, for its owner; `second_factor` says whether a login needs a code as well. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_sessions_show_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is logged in, all null for a guest; `csrf_token` goes with every unsafe call. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_sessions_log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description Who is logged in, all null for a guest; `csrf_token` goes with every unsafe call. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-failed`: E-mail and password do not belong together; nothing says which of them is wrong. `/problems/code-required`: The password was right; the account also asks for a one-time code. `/problems/code-wrong`: A one-time code that is wrong, too old, or was used before. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/mail-not-verified`: The password was right, and the address has not been verified yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/too-many-requests`: The caller has to wait before it tries again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_sessions_log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_catalogue_list_products: {
        parameters: {
            query?: {
                /** @description Language of names, descriptions and labels. */
                lang?: "fr" | "en";
                /** @description Words to search for, in either language. */
                q?: string;
                /** @description `category` as `/categories` lists it. */
                category?: string;
                /** @description Only what can be bought now. */
                in_stock?: boolean;
                /** @description Lowest price, included. */
                min_price?: number;
                /** @description Highest price, included. */
                max_price?: number;
                /** @description By default `relevance` with `q`, else `featured`: the shop's own order. `-` turns an order round. */
                sort?: "relevance" | "featured" | "price" | "-price" | "name" | "-name";
                /** @description Products a page. */
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the catalogue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductPage"];
                };
            };
            /** @description What you have is what there is */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `after` is no cursor of this list. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_accounts_register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description What is answered whether or not the address has an account. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailSent"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/password-refused`: A new password that is too easy to guess; `reason` names the rule. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/too-many-requests`: The caller has to wait before it tries again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_catalogue_list_categories: {
        parameters: {
            query?: {
                /** @description Language of names, descriptions and labels. */
                lang?: "fr" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All categories. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Categories"];
                };
            };
            /** @description What you have is what there is */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_catalogue_get_stock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is left of a product; `version` numbers the changes of its stock, without a gap. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Availability"];
                };
            };
            /** @description What you have is what there is */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `/problems/not-found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A health check. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_audit_list_audit: {
        parameters: {
            query?: {
                /** @description Rows a page. */
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the audit log, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description `after` is no cursor of this list. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A health check. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_orders_list_orders: {
        parameters: {
            query?: {
                /** @description Rows a page. */
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
                /** @description A part of what the list is searched by, accents and case aside. */
                q?: string;
                status?: components["schemas"]["OrderStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the shop's orders, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffOrders"];
                };
            };
            /** @description `after` is no cursor of this list. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_returns_list_returns: {
        parameters: {
            query?: {
                /** @description Rows a page. */
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
                status?: components["schemas"]["ReturnStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the returns, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffReturns"];
                };
            };
            /** @description `after` is no cursor of this list. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_catalogue_get_product: {
        parameters: {
            query?: {
                /** @description Language of names, descriptions and labels. */
                lang?: "fr" | "en";
            };
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A product of the catalogue. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description What you have is what there is */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `/problems/not-found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_order_history_list_orders: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of an account's orders, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderHistory"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_products_list_products: {
        parameters: {
            query?: {
                /** @description Rows a page. */
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
                /** @description A part of what the list is searched by, accents and case aside. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the range by sku. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffProducts"];
                };
            };
            /** @description `after` is no cursor of this list. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_products_add_product: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProduct"];
            };
        };
        responses: {
            /** @description A product of the range with its stock. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/already-exists`: There is one of that name. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/price-refused`: A product cannot be on sale at this price: nobody can pay it. `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_accounts_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Verification"];
            };
        };
        responses: {
            /** @description Successful response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `/problems/link-invalid`: A mailed link that is wrong, was used before, or is too old. The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/password-wrong`: The link is good; the password is not the one of the registration that it belongs to. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/too-many-requests`: The caller has to wait before it tries again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_customers_list_customers: {
        parameters: {
            query?: {
                /** @description Rows a page. */
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
                /** @description A part of what the list is searched by, accents and case aside. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the customers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customers"];
                };
            };
            /** @description `after` is no cursor of this list. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_carts_list_shipping_methods: {
        parameters: {
            query?: {
                country?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ways to get an order to a country. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShippingRecords"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_accounts_change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Who is logged in, all null for a guest; `csrf_token` goes with every unsafe call. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. `/problems/login-failed`: E-mail and password do not belong together; nothing says which of them is wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/password-refused`: A new password that is too easy to guess; `reason` names the rule. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/too-many-requests`: The caller has to wait before it tries again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_promotions_list_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every promotion, the newest first: `next` is always null. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promotions"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_promotions_add_code: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPromotion"];
            };
        };
        responses: {
            /** @description A code with how often it was used; its amounts are in the shop's currency. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromotionDetails"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/already-exists`: There is one of that name. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_mails_list_failed: {
        parameters: {
            query?: {
                /** @description Rows a page. */
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of the mails that were given up, the last one first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailedMails"];
                };
            };
            /** @description `after` is no cursor of this list. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_webhooks_receive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `/problems/webhook-rejected`: A webhook that is not the provider's, too old, or not understood; the text has no secret. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_carts_get_cart: {
        parameters: {
            query?: {
                /** @description Language of names, descriptions and labels. */
                lang?: "fr" | "en";
            };
            header?: never;
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A cart with what it would cost now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            /** @description `/problems/not-found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_products_get_product: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A product of the range with its stock. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductRecord"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_staff_products_edit_product: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProductChange"];
            };
        };
        responses: {
            /** @description A product of the range with its stock. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductRecord"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/price-refused`: A product cannot be on sale at this price: nobody can pay it. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_second_factor_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSecondFactor"];
            };
        };
        responses: {
            /** @description What an authenticator app needs: the secret to type, or its address as a QR code. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppSecretRecord"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. `/problems/login-failed`: E-mail and password do not belong together; nothing says which of them is wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/second-factor-on`: The account has a second factor already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/too-many-requests`: The caller has to wait before it tries again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_orders_get_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An order: total = gross − discount + shipping + tax; `vat_included` is contained in it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRecord"];
                };
            };
            /** @description `/problems/not-found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_accounts_request_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetRequest"];
            };
        };
        responses: {
            /** @description What is answered whether or not the address has an account. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailSent"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/too-many-requests`: The caller has to wait before it tries again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_stock_count: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Count"];
            };
        };
        responses: {
            /** @description What is left of a product; `version` numbers the movements of its stock, without a gap. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LevelRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/count-too-low`: A stock count found fewer units than unpaid orders hold: one of them has to go first. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_stock_restock: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Restock"];
            };
        };
        responses: {
            /** @description What is left of a product; `version` numbers the movements of its stock, without a gap. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LevelRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/stock-too-large`: More units than a product's stock can count. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_carts_add_item: {
        parameters: {
            query?: {
                /** @description Language of names, descriptions and labels. */
                lang?: "fr" | "en";
            };
            header?: never;
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewItem"];
            };
        };
        responses: {
            /** @description A cart with what it would cost now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/cart-closed`: The cart has become an order, or part of another cart. `/problems/quantity-too-large`: One cart, and so one order, may not hold more different products. `/problems/not-for-sale`: The product cannot be bought any more. `/problems/quantity-too-large`: A cart line may not exceed the largest quantity of one order. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_carts_quote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["QuoteRequest"];
            };
        };
        responses: {
            /** @description What a cart would cost; `vat_included` is contained in the total. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuoteRecord"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/shipping-unavailable`: The shop does not deliver there, or not in this way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_stock_list_movements: {
        parameters: {
            query?: {
                /** @description Rows a page. */
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of a product's ledger, newest first, and its stock by both accounts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Movements"];
                };
            };
            /** @description `after` is no cursor of this list. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_second_factor_remove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorRemoval"];
            };
        };
        responses: {
            /** @description Successful response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. `/problems/login-failed`: E-mail and password do not belong together; nothing says which of them is wrong. `/problems/code-required`: The password was right; the account also asks for a one-time code. `/problems/code-wrong`: A one-time code that is wrong, too old, or was used before. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/too-many-requests`: The caller has to wait before it tries again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_staff_orders_get_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An order: total = gross − discount + shipping + tax; `vat_included` is contained in it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRecord"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_carts_checkout: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Checkout"];
            };
        };
        responses: {
            /** @description A new order, with the token that opens it without an account. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacedOrderRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/out-of-stock`: Nothing was reserved: at least one product lacks units. `/problems/not-for-sale`: The product cannot be bought any more. `/problems/cart-closed`: The cart has become an order, or part of another cart. `/problems/cart-empty`: There is nothing to check out. `/problems/quantity-too-large`: One cart, and so one order, may not hold more different products. `/problems/shipping-unavailable`: The shop does not deliver there, or not in this way. `/problems/promotion-refused`: The code grants nothing on this order; `reason` is a `domain.promotions.Refusal`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_orders_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 200 visible ASCII characters, the same one for each repetition. */
                "Idempotency-Key"?: string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Cancellation"];
            };
        };
        responses: {
            /** @description An order: total = gross − discount + shipping + tax; `vat_included` is contained in it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/order-status`: The order's status does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_second_factor_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstCode"];
            };
        };
        responses: {
            /** @description Codes that open the account once each, for when the app is lost. They are not shown again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesRecord"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. `/problems/code-wrong`: A one-time code that is wrong, too old, or was used before. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/second-factor-on`: The account has a second factor already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_orders_ask_return: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 200 visible ASCII characters, the same one for each repetition. */
                "Idempotency-Key"?: string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReturnRequest"];
            };
        };
        responses: {
            /** @description Units that the customer sends back. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/return-status`: The return's status does not allow this. `/problems/order-status`: The order's status does not allow this. `/problems/too-many-units`: More units of an order's line were asked back than are left of it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_payments_pay: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewPayment"];
            };
        };
        responses: {
            /** @description A payment, and the page of the provider on which to pay it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedPayment"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/out-of-stock`: Nothing was reserved: at least one product lacks units. `/problems/order-status`: The order's status does not allow this. `/problems/order-expired`: The time to pay is over; the reserved stock is for sale again. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/gateway-refused`: The payment provider answered no: asking again would not help. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/gateway-unavailable`: The payment provider has not answered in time; asking again is safe. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_accounts_reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reset"];
            };
        };
        responses: {
            /** @description Successful response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `/problems/link-invalid`: A mailed link that is wrong, was used before, or is too old. The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/password-refused`: A new password that is too easy to guess; `reason` names the rule. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_carts_change_item: {
        parameters: {
            query?: {
                /** @description Language of names, descriptions and labels. */
                lang?: "fr" | "en";
            };
            header?: never;
            path: {
                cart_id: string;
                sku: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemQuantity"];
            };
        };
        responses: {
            /** @description A cart with what it would cost now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/cart-closed`: The cart has become an order, or part of another cart. `/problems/quantity-too-large`: One cart, and so one order, may not hold more different products. `/problems/not-for-sale`: The product cannot be bought any more. `/problems/quantity-too-large`: A cart line may not exceed the largest quantity of one order. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_carts_remove_item: {
        parameters: {
            query?: {
                /** @description Language of names, descriptions and labels. */
                lang?: "fr" | "en";
            };
            header?: never;
            path: {
                cart_id: string;
                sku: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A cart with what it would cost now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cart"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/cart-closed`: The cart has become an order, or part of another cart. `/problems/quantity-too-large`: One cart, and so one order, may not hold more different products. `/problems/not-for-sale`: The product cannot be bought any more. `/problems/quantity-too-large`: A cart line may not exceed the largest quantity of one order. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_mails_retry: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                mail_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Retry"];
            };
        };
        responses: {
            /** @description A mail that is in the queue again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetriedMail"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_staff_accounts_set_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description An account of the shop. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountRecord"];
                };
            };
            /** @description The body is no JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/last-admin`: Without this administrator the shop would have none. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_orders_ship_order: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Shipment"];
            };
        };
        responses: {
            /** @description An order: total = gross − discount + shipping + tax; `vat_included` is contained in it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/order-status`: The order's status does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_orders_cancel_order: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StaffCancellation"];
            };
        };
        responses: {
            /** @description An order: total = gross − discount + shipping + tax; `vat_included` is contained in it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/order-status`: The order's status does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_orders_refund: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundRequest"];
            };
        };
        responses: {
            /** @description An order: total = gross − discount + shipping + tax; `vat_included` is contained in it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/order-status`: The order's status does not allow this. `/problems/too-many-units`: More units of an order's line were asked back than are left of it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_returns_accept: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                return_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description A return, with the order that it is of. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffReturnRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/return-status`: The return's status does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_returns_refuse: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                return_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description A return, with the order that it is of. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffReturnRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/return-status`: The return's status does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_staff_returns_receive: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 visible ASCII characters, a new one for each purchase and the same one for each repetition, within 30 days. */
                "Idempotency-Key": string;
            };
            path: {
                return_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Receipt"];
            };
        };
        responses: {
            /** @description A return, with the order that it is of. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffReturnRecord"];
                };
            };
            /** @description The body is no JSON, or a header is missing or malformed */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/return-status`: The return's status does not allow this. `/problems/order-status`: The order's status does not allow this. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not said to be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/idempotency-conflict`: The Idempotency-Key was used before with another body. `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_staff_accounts_remove_lost_factor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `/problems/login-required`: Only somebody who is logged in may do this. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/forbidden`: Somebody is logged in who may not do this. `/problems/second-factor-missing`: Staff of this shop need a second factor, and this account has none yet. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/not-found`: It does not exist, or the caller may not know that it does. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payments_get_payment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                order_id: string;
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How a payment stands; `refund` is for money that came too late or twice and is refunded. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description `/problems/not-found`: There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `/problems/invalid-request`: `errors` points at each broken rule. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests from this address */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The shop is busy: try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
